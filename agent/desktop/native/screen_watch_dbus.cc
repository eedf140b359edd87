#include <gio/gio.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agent/desktop/native/screen_watch.h"
#include "agent/desktop/view/screen_judge.h"

namespace wardcast::agent::native {
namespace {

constexpr char kLogin[] = "org.freedesktop.login1";
constexpr char kLoginPath[] = "/org/freedesktop/login1";
constexpr char kLoginManager[] = "org.freedesktop.login1.Manager";
constexpr char kLoginSession[] = "org.freedesktop.login1.Session";
constexpr char kProperties[] = "org.freedesktop.DBus.Properties";
// Each is a bus name and an interface alike, and with slashes the path of its object.
constexpr const char* kSavers[] = {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver",
                                   "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver",
                                   "org.xfce.ScreenSaver"};
constexpr int kPatienceMs = 5'000;

std::string PathOf(std::string name) {
  std::ranges::replace(name, '.', '/');
  return "/" + name;
}

// GIO would start a bus where there is none.
bool HasSessionBus() {
  const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS");
  if (address != nullptr && *address != '\0') return true;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  std::error_code ignored;
  return runtime != nullptr && *runtime != '\0' &&
         std::filesystem::exists(std::filesystem::path(runtime) / "bus", ignored);
}

// What a call has brought; null: it failed, or the one who asked is gone, and then nothing of its
// own may be touched.
GVariant* Finish(GObject* bus, GAsyncResult* result) {
  GError* error = nullptr;
  GVariant* reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
  if (reply == nullptr) g_error_free(error);
  return reply;
}

bool Flag(GVariant* properties, const char* name, bool otherwise) {
  gboolean value = FALSE;
  return g_variant_lookup(properties, name, "b", &value) == FALSE ? otherwise : value != FALSE;
}

}  // namespace

class ScreenWatch::Parts {
 public:
  explicit Parts(std::function<void(ScreenState)> changed) : changed_(std::move(changed)) {
    if (HasSessionBus()) {
      for (const char* name : kSavers) {
        Saver& saver = *savers_.emplace_back(std::make_unique<Saver>(*this, name));
        saver.watch = g_bus_watch_name(G_BUS_TYPE_SESSION, name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                       &SaverCame, &SaverWent, &saver, nullptr);
      }
    }
    login_watch_ = g_bus_watch_name(G_BUS_TYPE_SYSTEM, kLogin, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                    &LoginCame, nullptr, this, nullptr);
  }
  ~Parts() {
    g_cancellable_cancel(asking_);
    for (const auto& saver : savers_) g_bus_unwatch_name(saver->watch);
    g_bus_unwatch_name(login_watch_);
    g_object_unref(asking_);
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

 private:
  // A signal that is heard until this object is gone, or hears another one.
  class Hearing {
   public:
    Hearing() = default;
    ~Hearing() { Stop(); }
    Hearing(const Hearing&) = delete;
    Hearing& operator=(const Hearing&) = delete;

    // `path` null: of any object.
    void Start(GDBusConnection* bus, const char* sender, const char* interface, const char* signal,
               const char* path, GDBusSignalCallback heard, gpointer data) {
      Stop();
      bus_ = G_DBUS_CONNECTION(g_object_ref(bus));
      id_ = g_dbus_connection_signal_subscribe(bus, sender, interface, signal, path, nullptr,
                                               G_DBUS_SIGNAL_FLAGS_NONE, heard, data, nullptr);
    }
    void Stop() {
      if (bus_ == nullptr) return;
      g_dbus_connection_signal_unsubscribe(bus_, id_);
      g_object_unref(bus_);
      bus_ = nullptr;
    }

   private:
    GDBusConnection* bus_ = nullptr;
    guint id_ = 0;
  };

  struct Saver {
    Saver(Parts& its_parts, const char* its_name) : parts(its_parts), name(its_name) {}
    Parts& parts;
    const std::string name;
    guint watch = 0;
    Hearing hearing;
  };

  void Tell() {
    const ScreenState state = judge_.state();
    if (state == told_) return;
    told_ = state;
    changed_(state);
  }

  // The screen savers.
  static void SaverCame(GDBusConnection* bus, const gchar*, const gchar*, gpointer data) noexcept {
    auto& saver = *static_cast<Saver*>(data);
    saver.hearing.Start(bus, saver.name.c_str(), saver.name.c_str(), "ActiveChanged", nullptr,
                        &SaverChanged, &saver);
    g_dbus_connection_call(bus, saver.name.c_str(), PathOf(saver.name).c_str(), saver.name.c_str(),
                           "GetActive", nullptr, G_VARIANT_TYPE("(b)"),
                           G_DBUS_CALL_FLAGS_NO_AUTO_START, kPatienceMs, saver.parts.asking_,
                           &SaverAnswered, &saver);
  }
  static void SaverWent(GDBusConnection*, const gchar*, gpointer data) noexcept {
    auto& saver = *static_cast<Saver*>(data);
    saver.hearing.Stop();
    saver.parts.judge_.SaverGone(saver.name);
    saver.parts.Tell();
  }
  static void SaverSays(Saver& saver, GVariant* covers) {
    gboolean value = FALSE;
    g_variant_get(covers, "(b)", &value);
    saver.parts.judge_.SaverSays(saver.name, value != FALSE);
    saver.parts.Tell();
  }
  static void SaverChanged(GDBusConnection*, const gchar*, const gchar*, const gchar*, const gchar*,
                           GVariant* covers, gpointer data) noexcept {
    if (!g_variant_is_of_type(covers, G_VARIANT_TYPE("(b)"))) return;
    SaverSays(*static_cast<Saver*>(data), covers);
  }
  static void SaverAnswered(GObject* bus, GAsyncResult* result, gpointer data) noexcept {
    GVariant* covers = Finish(bus, result);
    if (covers == nullptr) return;
    SaverSays(*static_cast<Saver*>(data), covers);
    g_variant_unref(covers);
  }

  // The keeper of sessions.
  static void LoginCame(GDBusConnection* bus, const gchar*, const gchar*, gpointer data) noexcept {
    auto& parts = *static_cast<Parts*>(data);
    const char* id = std::getenv("XDG_SESSION_ID");
    g_dbus_connection_call(bus, kLogin, kLoginPath, kLoginManager, "GetSession",
                           g_variant_new("(s)", id != nullptr && *id != '\0' ? id : "auto"),
                           G_VARIANT_TYPE("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, kPatienceMs,
                           parts.asking_, &SessionFound, &parts);
  }
  static void SessionFound(GObject* bus, GAsyncResult* result, gpointer data) noexcept {
    GVariant* found = Finish(bus, result);
    if (found == nullptr) return;
    auto& parts = *static_cast<Parts*>(data);
    const gchar* path = nullptr;
    g_variant_get(found, "(&o)", &path);
    parts.session_path_ = path;
    g_variant_unref(found);
    parts.session_hearing_.Start(G_DBUS_CONNECTION(bus), kLogin, kProperties, "PropertiesChanged",
                                 parts.session_path_.c_str(), &SessionChanged, &parts);
    parts.AskSession(G_DBUS_CONNECTION(bus));
  }
  static void SessionChanged(GDBusConnection* bus, const gchar*, const gchar*, const gchar*,
                             const gchar*, GVariant*, gpointer data) noexcept {
    static_cast<Parts*>(data)->AskSession(bus);
  }
  void AskSession(GDBusConnection* bus) {
    g_dbus_connection_call(bus, kLogin, session_path_.c_str(), kProperties, "GetAll",
                           g_variant_new("(s)", kLoginSession), G_VARIANT_TYPE("(a{sv})"),
                           G_DBUS_CALL_FLAGS_NO_AUTO_START, kPatienceMs, asking_, &SessionAnswered,
                           this);
  }
  static void SessionAnswered(GObject* bus, GAsyncResult* result, gpointer data) noexcept {
    GVariant* reply = Finish(bus, result);
    if (reply == nullptr) return;
    auto& parts = *static_cast<Parts*>(data);
    GVariant* properties = g_variant_get_child_value(reply, 0);
    const gchar* session_class = "";
    g_variant_lookup(properties, "Class", "&s", &session_class);
    parts.judge_.SessionSays({.locked_hint = Flag(properties, "LockedHint", false),
                              .active = Flag(properties, "Active", true),
                              .greeter = std::string(session_class) == "greeter"});
    g_variant_unref(properties);
    g_variant_unref(reply);
    parts.Tell();
  }

  const std::function<void(ScreenState)> changed_;
  ScreenJudge judge_;
  ScreenState told_ = ScreenState::kUnknown;
  GCancellable* const asking_ = g_cancellable_new();
  std::vector<std::unique_ptr<Saver>> savers_;
  guint login_watch_ = 0;
  std::string session_path_;
  Hearing session_hearing_;
};

ScreenWatch::ScreenWatch(std::function<void(ScreenState)> changed)
    : parts_(std::make_unique<Parts>(std::move(changed))) {}

ScreenWatch::~ScreenWatch() = default;

}  // namespace wardcast::agent::native
