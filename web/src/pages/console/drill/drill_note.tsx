import './drill.css';

// Stands over everything with which a drill is begun.
export function DrillNote() {
  return (
    <p className="drill-note" role="note">
      <strong>EXERCISE.</strong> Wards read the word before and after every text. It is a dialog at
      most, never shown on clinical PCs, and over after 2 hours, or at once when a real notice comes
      for one of its wards.
    </p>
  );
}
