#!/usr/bin/python3
"""The presenter's real windows, as a nurse meets them: desktop_test.py DESKTOP_PLAYER (see run.sh)."""

import signal
import subprocess
import sys
import unittest

import accessible
import notices
from screen_saver import ScreenSaver
from ward_pc import HEIGHT, WIDTH, WardPc, poll, still

PLAYER = sys.argv.pop(1) if len(sys.argv) > 1 else ""
ORANGE, YELLOW, RED = (0xFF, 0x82, 0x00), (0xFF, 0xD1, 0x00), (0xC0, 0x10, 0x26)
SETTLED = 1.05  # seconds after which a window that has just changed takes a press


class DesktopTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pc = WardPc(PLAYER)
        cls.pc.__enter__()
        cls.addClassCleanup(cls.pc.__exit__)
        cls.pc.start_chart()

    def setUp(self):
        self.pc.start_presenter()
        self.pc.out("xdotool", "mousemove", "5", "5")
        self.pc.out("xdotool", "windowactivate", "--sync", self.pc.chart)
        self.typed_before = self.pc.typed()

    def tearDown(self):
        self.pc.stop_presenter()

    def appear(self, *shown, **screen):
        """Shows these notices and returns the window, once it is painted."""
        self.pc.show(*shown, **screen)
        self.pc.wait_for("displayed", alert_id=shown[0]["alert_id"], round=shown[0]["round"])
        return poll("one notice window", lambda: self.pc.notice_windows())[0]

    def click_button(self, name):
        box = poll(f"the button {name!r}", lambda: accessible.buttons(self.pc).get(name))
        still(lambda: True, SETTLED)
        self.pc.click(*accessible.middle(box))

    def labels(self):
        return [name for role, name, _ in accessible.contents(self.pc) if role == "label"]

    def typed(self):
        return self.pc.typed()[len(self.typed_before):]

    def test_appears_on_top_without_taking_the_focus(self):
        window = self.appear(notices.outage())
        self.assertTrue(still(lambda: self.pc.focused() == self.pc.chart, 1.0))
        x, y, width, height = self.pc.geometry(window)
        self.assertLessEqual(width * height, 0.45 * WIDTH * HEIGHT)
        self.assertTrue(x >= 0 and y >= 0 and x + width <= WIDTH and y + height <= HEIGHT)
        self.assertEqual(self.pc.pixel(x + width // 2, y + 10), ORANGE)
        state = self.pc.out("xprop", "-id", window, "_NET_WM_STATE")
        self.assertIn("_NET_WM_STATE_ABOVE", state)
        self.assertIn("_NET_WM_STATE_SKIP_TASKBAR", state)
        self.assertEqual(self.pc.count("displayed"), 1)

    def test_what_is_painted_behind_a_lock_screen_is_displayed_when_that_goes(self):
        with ScreenSaver(self.pc.env) as saver:
            self.pc.wait_for("screen", state="unlocked")
            saver.cover()
            self.pc.wait_for("screen", state="locked")
            self.pc.show(notices.outage(), notices.cabinets(presentation="ticker"))
            poll("the window", lambda: self.pc.notice_windows())
            self.assertTrue(still(lambda: self.pc.count("displayed") == 0, 1.0))
            saver.uncover()
            self.pc.wait_for("displayed", alert_id="lab-1", round=1)
            self.pc.wait_for("displayed", alert_id="rx-1")
            self.assertEqual(self.pc.count("screen", state="unlocked"), 2)

    def test_a_lock_screen_that_crashes_leaves_the_screen_open(self):
        with ScreenSaver(self.pc.env) as saver:
            saver.cover()
            self.pc.wait_for("screen", state="locked")
        self.pc.wait_for("screen", state="unlocked")

    def test_a_scanner_goes_on_scanning_into_the_chart_and_presses_nothing(self):
        self.appear(notices.outage())
        still(lambda: True, SETTLED)
        self.pc.scan("12345")
        poll("the code in the chart", lambda: self.typed() == "12345\n")
        self.assertTrue(still(lambda: self.pc.count("seen") + self.pc.count("answered") == 0, 0.5))
        self.assertEqual(len(self.pc.notice_windows()), 1)

    def test_a_scanner_presses_nothing_even_after_the_shortcut(self):
        window = self.appear(notices.outage())
        still(lambda: True, SETTLED)
        self.pc.press_keys("ctrl+shift+F9")
        poll("the window has the focus", lambda: self.pc.focused() == window)
        self.pc.scan("12345")
        self.assertTrue(still(lambda: self.pc.count("seen") + self.pc.count("answered") == 0, 0.5))

    def test_a_click_presses_and_the_chart_keeps_the_focus(self):
        self.appear(notices.outage())
        self.click_button("Seen")
        self.pc.wait_for("seen", alert_id="lab-1", round=1)
        self.assertEqual(self.pc.focused(), self.pc.chart)
        self.pc.scan("777")
        poll("the code in the chart", lambda: self.typed() == "777\n")
        self.pc.show(notices.outage(seen=True))
        poll("the window is gone", lambda: not self.pc.notice_windows())
        poll("the strip", lambda: len(self.pc.strips()) == 1)

    def test_a_click_meant_for_the_chart_presses_nothing(self):
        self.appear(notices.outage())
        box = accessible.buttons(self.pc)["Seen"]
        # Changes just before the click, so that the click comes within the second.
        self.pc.show(notices.outage(version=2, what_changed="Changed 14:20: more"))
        self.pc.click(*accessible.middle(box))
        clicked = self.pc.count("seen")
        early = [event for event in self.pc.events if event["event"] == "seen" and event["ms"] < 1000]
        self.assertEqual((clicked and early) or [], [])

    def test_the_ward_acknowledges_with_initials_and_role(self):
        self.appear(notices.outage())
        self.click_button("Acknowledge for 4 West…")
        poll("the choices", lambda: "Procedure started" in accessible.buttons(self.pc))
        for name in ("J", "R", "Charge nurse", "Procedure started"):
            self.click_button(name)
        answer = self.pc.wait_for("answered")
        self.assertEqual(
            {key: answer[key] for key in ("alert_id", "round", "ward_id", "response", "help",
                                          "initials", "role")},
            {"alert_id": "lab-1", "round": 1, "ward_id": "4w", "response": "procedure_started",
             "help": "", "initials": "J.R.", "role": "Charge nurse"})
        poll("sending…", lambda: "sending…" in self.labels())
        self.pc.show(notices.outage(ward_answer="4 West: procedure started, J.R., 14:09"))
        poll("the answer", lambda: "✓ 4 West: procedure started, J.R., 14:09" in self.labels())
        self.assertNotIn("sending…", self.labels())

    def test_help_is_asked_for_without_a_name(self):
        self.appear(notices.outage())
        self.assertIn("Patient emergency: call 4444", self.labels())
        self.click_button("Need downtime help")
        poll("the choices", lambda: "Forms or printer" in accessible.buttons(self.pc))
        self.assertIn("Patient emergency: call 4444", self.labels())
        self.click_button("Forms or printer")
        answer = self.pc.wait_for("answered", response="need_help", help="forms_or_printer")
        self.assertEqual((answer["initials"], answer["role"]), ("", ""))

    def test_keys_count_after_the_shortcut_only(self):
        window = self.appear(notices.outage())
        still(lambda: True, SETTLED)
        self.pc.press_keys("Tab", "Return", "space", "Escape")
        self.assertTrue(still(lambda: self.pc.count("seen") == 0, 0.5))
        self.assertEqual(len(self.pc.notice_windows()), 1)
        self.pc.press_keys("ctrl+shift+F9")
        poll("the window has the focus", lambda: self.pc.focused() == window)
        self.pc.press_keys("Return")
        self.pc.wait_for("seen", alert_id="lab-1")
        self.pc.show(notices.outage(seen=True))
        poll("the chart has the focus again", lambda: self.pc.focused() == self.pc.chart)

    def test_escape_means_later(self):
        window = self.appear(notices.outage())
        still(lambda: True, SETTLED)
        self.pc.press_keys("ctrl+shift+F9")
        poll("the window has the focus", lambda: self.pc.focused() == window)
        self.pc.press_keys("Escape")
        poll("the window is gone", lambda: not self.pc.notice_windows())
        poll("the strip", lambda: self.pc.strips())
        self.assertEqual(self.pc.count("seen"), 0)

    def test_an_update_changes_the_window_in_place(self):
        window = self.appear(notices.outage())
        before = self.pc.geometry(window)
        self.pc.show(notices.outage(version=2, severity="danger",
                                    what_changed="Changed 14:20: expected back about 16:00"))
        poll("what changed",
             lambda: "Changed 14:20: expected back about 16:00" in self.labels())
        self.assertEqual(self.pc.notice_windows(), [window])
        after = self.pc.geometry(window)
        self.assertEqual(after[0], before[0])
        poll("the new colour", lambda: self.pc.pixel(after[0] + after[2] // 2, after[1] + 10) == RED)
        self.assertEqual(self.pc.count("displayed"), 1)
        self.pc.show(notices.outage(version=3, round=2))
        self.pc.wait_for("displayed", alert_id="lab-1", round=2)

    def test_the_end_closes_everything(self):
        self.appear(notices.outage())
        self.pc.show()
        poll("the window is gone", lambda: not self.pc.notice_windows() and not self.pc.strips())

    def test_a_screen_reader_hears_what_matters_first(self):
        self.appear(notices.outage())
        names = [name for _, name, _ in accessible.contents(self.pc)]
        order = [names.index(name) for name in (
            "WARNING", "Lab results are not reaching the EHR", "Call the lab for critical values: 4711",
            "Re-enter orders · reboot", "Since 13:52 · next update 14:30 · expected back: unknown",
            "Seen", "Acknowledge for 4 West…", "Need downtime help", "Later",
            "More about this notice")]
        self.assertEqual(order, sorted(order))

    def test_more_shows_reason_and_ticket(self):
        self.appear(notices.outage())
        still(lambda: True, SETTLED)
        accessible.press(self.pc, "More about this notice")
        poll("the ticket", lambda: "INC-20417" in self.labels())
        self.assertIn("The interface engine between lab and EHR has stopped.", self.labels())

    def test_three_notices_share_one_window(self):
        self.appear(notices.outage(), notices.cabinets(), notices.fax())
        for alert in ("lab-1", "rx-1", "fax-1"):
            self.pc.wait_for("displayed", alert_id=alert)
        self.assertEqual(len(self.pc.notice_windows()), 1)
        self.assertIn("1 of 3", self.labels())
        self.click_button("Next notice")
        poll("the second", lambda: "2 of 3" in self.labels())
        self.assertIn("Pharmacy cabinets open slowly", self.labels())
        self.assertEqual(self.pc.count("displayed"), 3)

    def test_a_toast_stands_in_the_corner(self):
        window = self.appear(notices.cabinets())
        self.assertEqual(self.pc.focused(), self.pc.chart)
        x, y, width, height = self.pc.geometry(window)
        self.assertGreater(x, WIDTH // 2)
        self.assertGreater(y + height, HEIGHT - 40)
        self.assertEqual(self.pc.pixel(x + width // 2, y + 6), YELLOW)

    def test_the_strip_reserves_the_lower_edge_and_opens_the_notice(self):
        self.pc.show(notices.outage(presentation="ticker"))
        self.pc.wait_for("displayed", alert_id="lab-1")
        strip = poll("the strip", lambda: self.pc.strips())[0]
        self.assertEqual(self.pc.geometry(strip), (0, HEIGHT - 40, WIDTH, 40))
        poll("the reserved edge", lambda: self.pc.out("xprop", "-root", "_NET_WORKAREA").split(
            "= ")[-1].split(", ")[3] == str(HEIGHT - 40))
        self.assertEqual(self.pc.focused(), self.pc.chart)
        self.pc.click(400, HEIGHT - 20)
        poll("the notice", lambda: self.pc.notice_windows())
        self.click_button("Close")
        poll("the window is gone", lambda: not self.pc.notice_windows())
        self.assertTrue(self.pc.strips())
        self.pc.show()
        poll("the edge is given back", lambda: self.pc.out("xprop", "-root", "_NET_WORKAREA").split(
            "= ")[-1].split(", ")[3] == str(HEIGHT))

    def test_lost_contact_is_said(self):
        self.pc.show(contact={"connected": False, "since": "14:07", "message":
                              "No contact with the alert service since 14:07 — command centre 5555"})
        poll("the strip", lambda: self.pc.strips())
        poll("the message", lambda: any("No contact" in name for name in self.labels()))

    def test_after_the_all_clear_the_back_entry_is_done(self):
        self.appear(notices.all_clear())
        names = [name for _, name, _ in accessible.contents(self.pc)]
        self.assertIn("ALL CLEAR", names)
        self.assertIn("Check open critical values against the lab's list", names)
        self.click_button("Back-entry done")
        self.pc.wait_for("answered", alert_id="lab-1", response="back_entry_done")

    def test_a_real_problem_in_a_drill_is_reported_and_says_whom_to_call(self):
        self.appear(notices.outage(exercise=True))
        self.assertIn("EXERCISE: Lab results are not reaching the EHR – EXERCISE", self.labels())
        self.click_button("Real problem here")
        answer = self.pc.wait_for("answered", alert_id="lab-1", response="real_problem")
        self.assertEqual(answer["help"], "")
        poll("the numbers", lambda: "Real problem in 4 West: call now" in self.labels())
        for number in ("5555 (command centre)", "radio channel 3", "Patient emergency: call 4444"):
            self.assertIn(number, self.labels())
        self.click_button("Back")
        poll("the notice", lambda: "Real problem here" in accessible.buttons(self.pc))

    def test_the_real_notice_comes_before_the_drill_that_it_stopped(self):
        drill = {"alert_id": "drill", "exercise": True, "severity": "danger"}
        self.appear(notices.outage(**drill))
        stopped = notices.outage(**drill, version=2, phase="drill_over", presentation="toast",
                                 closing="EXERCISE STOPPED. The next notice is real.")
        self.pc.show(notices.outage(alert_id="real"), stopped)
        poll("the real notice", lambda: "Lab results are not reaching the EHR" in self.labels())
        self.pc.wait_for("displayed", alert_id="real", round=1)
        self.pc.show(stopped)
        poll("the stop", lambda: "EXERCISE STOPPED. The next notice is real." in self.labels())
        self.assertNotIn("Real problem in 4 West: call now", self.labels())

    def test_the_band_drags_the_window(self):
        window = self.appear(notices.outage())
        x, y, width, height = self.pc.geometry(window)
        self.pc.drag((x + 120, y + 25), (x + 60, y - 15), (x + 20, y - 25))
        poll("the new place", lambda: self.pc.geometry(window) == (x - 100, y - 50, width, height))
        self.pc.show(notices.outage(version=2, impact="Something else"))
        poll("the update", lambda: "Something else" in self.labels())
        self.assertEqual(self.pc.geometry(window)[:1], (x - 100,))

    def test_a_refusal_is_shown(self):
        self.appear(notices.outage(refused="the notice has ended"))
        self.assertIn("✗ Not accepted: the notice has ended", self.labels())

    def test_buttons_are_never_cut_off(self):
        for notice in (notices.long_text(), notices.scripts(alert_id="s"),
                       notices.long_text(alert_id="e", exercise=True)):
            window = self.appear(notice)
            x, y, width, height = self.pc.geometry(window)
            self.assertLessEqual(width * height, 0.45 * WIDTH * HEIGHT)
            boxes = accessible.buttons(self.pc)
            for name in ("Seen", "Need downtime help", "More about this notice"):
                left, top, wide, high = boxes[name]
                self.assertGreaterEqual(high, 64)
                self.assertTrue(left >= x and left + wide <= x + width, name)
                self.assertTrue(top >= y and top + high <= y + height, name)

    def test_ends_cleanly(self):
        self.appear(notices.outage())
        self.pc.player.send_signal(signal.SIGTERM)
        self.assertEqual(self.pc.player.wait(20), 0)


class LargeTextTest(unittest.TestCase):
    def test_at_200_percent_the_buttons_are_there(self):
        with WardPc(PLAYER, text_scale=2.0) as pc:
            pc.start_presenter()
            pc.show(notices.outage())
            pc.wait_for("displayed", alert_id="lab-1")
            boxes = accessible.buttons(pc)
            window = poll("the window", lambda: pc.notice_windows())[0]
            x, y, width, height = pc.geometry(window)
            self.assertTrue(y >= 0 and y + height <= HEIGHT)
            for name in ("Seen", "Acknowledge for 4 West…", "Need downtime help"):
                left, top, wide, high = boxes[name]
                self.assertTrue(left >= x and left + wide <= x + width, name)
                self.assertTrue(top >= y and top + high <= y + height, name)
            pc.stop_presenter()


class LanguageTest(unittest.TestCase):
    BUTTONS = {
        "de": ("Gesehen", "Für 4 West bestätigen…", "Hilfe beim Ausfall nötig", "Später"),
        "es": ("Visto", "Confirmar por 4 West…", "Se necesita ayuda por la caída", "Más tarde"),
        "fr": ("Vu", "Confirmer pour 4 West…", "Besoin d’aide pour la panne", "Plus tard"),
    }

    def buttons_fit(self, text_scale, presentation):
        with WardPc(PLAYER, text_scale=text_scale) as pc:
            pc.start_presenter()
            for number, (language, names) in enumerate(self.BUTTONS.items()):
                alert_id = f"lab-{language}"
                pc.show(notices.outage(alert_id=alert_id, version=number + 1, language=language,
                                       presentation=presentation, standing="Geplant 02:00, nicht bestätigt"),
                        language=language)
                pc.wait_for("displayed", alert_id=alert_id)
                boxes = poll(f"the buttons of {language}",
                             lambda: (lambda found: found if names[0] in found else None)(accessible.buttons(pc)))
                window = poll("the window", lambda: pc.notice_windows())[0]
                x, y, width, height = pc.geometry(window)
                self.assertTrue(x >= 0 and y >= 0 and x + width <= WIDTH and y + height <= HEIGHT)
                for name in names:
                    left, top, wide, high = boxes[name]
                    self.assertTrue(left >= x and left + wide <= x + width, name)
                    self.assertTrue(top >= y and top + high <= y + height, name)
            pc.stop_presenter()

    def test_longer_words_fit(self):
        self.buttons_fit(1.0, "dialog")

    def test_longer_words_fit_in_the_corner(self):
        self.buttons_fit(1.0, "toast")

    def test_longer_words_fit_at_200_percent(self):
        self.buttons_fit(2.0, "dialog")


class NoDisplayTest(unittest.TestCase):
    def test_says_so_and_fails(self):
        done = subprocess.run([PLAYER], env={"DISPLAY": ":59999", "HOME": "/nonexistent"},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                              timeout=60)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no display", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
