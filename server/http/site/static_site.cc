#include "server/http/site/static_site.h"

#include <system_error>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"
#include "server/http/site/content_type.h"
#include "server/http/site/page_policy.h"
#include "server/http/site/url_path.h"

namespace wardcast {
namespace {

// Together; then the cache starts anew. A built console has about 2 MiB.
constexpr std::size_t kMaxCachedBytes = 64u << 20;

// Which file a path means. One page serves all walls, and the page itself reads the rest of its
// address.
std::string PageOf(const std::string& path) {
  if (path == "/") return "/index.html";
  if (path == "/receiver" || path == "/receiver/") return "/receiver.html";
  if (path == "/wall" || path.starts_with("/wall/")) return "/wall.html";
  return path;
}

Response NotFound() {
  return PlainPage(
      404,
      "There is no such page here. The service desk's console is at /, a ward's page at /receiver, "
      "the wall board at /wall.");
}

Response NotBuilt(const std::filesystem::path& folder) {
  const std::string where = folder.empty() ? "No folder for the web console is set."
                                           : "There is no web console in " + folder.string() + ".";
  return PlainPage(
      503, where +
               "\nBuild it with `npm ci && npm run build` in web/, or start the broker with "
               "--web-dir DIR (http.web_dir in the configuration).\nThe API of this broker works.");
}

// "br;q=0" is a refusal; anything else that names the coding is consent.
bool Accepts(const RequestHead& head, std::string_view coding) {
  std::string_view rest = head.Get("accept-encoding");
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    std::string_view item = rest.substr(0, comma);
    item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
    const std::string_view name = item.substr(0, item.find_first_of("; "));
    if (SameIgnoringCase(name, coding)) {
      const auto q = item.find("q=");
      return q == std::string_view::npos ||
             item.substr(q + 2).find_first_of("123456789") != std::string_view::npos;
    }
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace

StaticSite::StaticSite(std::filesystem::path folder, std::size_t max_file)
    : folder_(std::move(folder)), max_file_(max_file) {}

Response StaticSite::Serve(const RequestHead& head) {
  if (head.method != "GET" && head.method != "HEAD") {
    Response response =
        PlainPage(405, "Pages are read with GET. API calls are POST /wardcast.v1.Service/Method.");
    response.headers.push_back({"Allow", "GET, HEAD"});
    return response;
  }
  const auto decoded = DecodeUrlPath(head.path());
  if (!decoded) return PlainPage(400, "This address is not written correctly.");
  const std::string page = PageOf(*decoded);
  const auto path = FindBelow(folder_, page);
  if (!path) {
    std::error_code error;
    const bool is_page = page.ends_with(".html");
    if (is_page && !std::filesystem::is_regular_file(folder_ / "index.html", error))
      return NotBuilt(folder_);
    return NotFound();
  }
  if (page == "/index.html") return ServeConsole(*path);
  return ServeFile(head, page, *path);
}

const StaticSite::File* StaticSite::Load(const std::filesystem::path& path) {
  std::error_code error;
  const auto changed = std::filesystem::last_write_time(path, error);
  if (error) return nullptr;
  const auto found = files_.find(path);
  if (found != files_.end() && found->second.changed == changed) return &found->second;
  auto content = ReadFile(path, max_file_);
  if (!content) return nullptr;
  if (found != files_.end()) {
    bytes_ -= found->second.content->size();
    files_.erase(found);
  }
  if (bytes_ + content->size() > kMaxCachedBytes) {
    files_.clear();
    bytes_ = 0;
  }
  bytes_ += content->size();
  File file{.changed = changed, .content = nullptr, .tag = Sha256Hex(*content).substr(0, 32)};
  file.content = std::make_shared<const std::string>(std::move(*content));
  return &files_.emplace(path, std::move(file)).first->second;
}

Response StaticSite::ServeConsole(const std::filesystem::path& path) {
  const File* file = Load(path);
  if (file == nullptr)
    return PlainPage(503, "The web console cannot be read from the disk at the moment.");
  const std::string nonce = FreshNonce();
  // No ETag: an old page with a new policy would have the wrong nonce.
  return {.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Cache-Control", "no-cache"},
                      {"Content-Security-Policy", ConsolePolicy(nonce)}},
          .body = std::make_shared<const std::string>(StampNonce(*file->content, nonce))};
}

Response StaticSite::ServeFile(const RequestHead& head, std::string_view url_path,
                               const std::filesystem::path& path) {
  Response response;
  const std::string_view type = ContentTypeOf(url_path);
  response.headers.push_back({"Content-Type", std::string(type)});
  std::filesystem::path sent = path;
  std::error_code error;
  bool has_variants = false;
  for (const auto& [coding, extension] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    // Through FindBelow's checks again: the variant may be a link too.
    const auto variant = FindBelow(folder_, std::string(url_path) + extension);
    if (!variant) continue;
    has_variants = true;
    if (!Accepts(head, coding)) continue;
    sent = *variant;
    response.headers.push_back({"Content-Encoding", coding});
    break;
  }
  if (has_variants) response.headers.push_back({"Vary", "Accept-Encoding"});
  const File* file = Load(sent);
  if (file == nullptr)
    return PlainPage(503, "This file cannot be read from the disk at the moment.");
  const std::string tag = '"' + file->tag + '"';
  response.headers.push_back({"ETag", tag});
  response.headers.push_back({"Cache-Control", IsHashedAsset(url_path)
                                                   ? "public, max-age=31536000, immutable"
                                                   : "no-cache"});
  if (type.starts_with("text/html"))
    response.headers.push_back({"Content-Security-Policy", PagePolicy()});
  if (head.ListHas("if-none-match", tag) || head.ListHas("if-none-match", "W/" + tag)) {
    response.status = 304;
  } else {
    response.body = file->content;
  }
  return response;
}

}  // namespace wardcast
