#include "server/http/site/static_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "server/http/site/content_type.h"
#include "server/http/site/page_policy.h"
#include "server/http/site/url_path.h"

namespace wardcast {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class StaticSiteTest : public ::testing::Test {
 protected:
  StaticSiteTest() {
    fs::create_directories(root_ / "assets");
    Write("index.html", "<style nonce=\"__CSP_NONCE__\"></style><meta content=\"__CSP_NONCE__\">");
    Write("receiver.html", "receiver");
    Write("wall.html", "wall");
    Write("sw.js", "worker");
    Write(".env", "secret");
    Write("assets/index-BxYz12_3.js", "plain");
    Write("assets/index-BxYz12_3.js.br", "brotli");
    Write("assets/index-BxYz12_3.js.gz", "gzip");
    std::ofstream(base_ / "outside.txt") << "secret";
    fs::create_symlink(base_ / "outside.txt", root_ / "link.txt");
  }
  ~StaticSiteTest() override { fs::remove_all(base_); }

  void Write(const std::string& name, const std::string& content) {
    std::ofstream(root_ / name) << content;
  }

  Response Get(const std::string& target, std::vector<Header> headers = {},
               const std::string& method = "GET") {
    return site_.Serve({.method = method, .target = target, .headers = std::move(headers)});
  }

  static std::string Value(const Response& response, std::string_view name) {
    for (const Header& header : response.headers) {
      if (header.name == name) return header.value;
    }
    return {};
  }

  const fs::path base_ = fs::temp_directory_path() / ("wardcast-site-" + std::to_string(getpid()));
  const fs::path root_ = base_ / "web";
  StaticSite site_{root_};
};

TEST_F(StaticSiteTest, StampsAFreshNonceIntoTheConsole) {
  const Response one = Get("/");
  const Response two = Get("/index.html");
  ASSERT_EQ(one.status, 200);
  EXPECT_THAT(*one.body, Not(HasSubstr("__CSP_NONCE__")));
  const std::string policy = Value(one, "Content-Security-Policy");
  const auto at = policy.find("'nonce-");
  ASSERT_NE(at, std::string::npos);
  const std::string nonce = policy.substr(at + 7, 32);
  EXPECT_EQ(*one.body, "<style nonce=\"" + nonce + "\"></style><meta content=\"" + nonce + "\">");
  EXPECT_NE(*one.body, *two.body);
  EXPECT_EQ(Value(one, "Cache-Control"), "no-cache");
  EXPECT_EQ(Value(one, "ETag"), "");
}

TEST_F(StaticSiteTest, ServesReceiverAndWallUnderTheirShortNames) {
  for (const char* target : {"/receiver", "/receiver.html", "/receiver?ward=4w"}) {
    const Response response = Get(target);
    ASSERT_EQ(response.status, 200) << target;
    EXPECT_EQ(*response.body, "receiver");
    EXPECT_THAT(Value(response, "Content-Security-Policy"),
                HasSubstr("require-trusted-types-for 'script'"));
    EXPECT_THAT(Value(response, "Content-Security-Policy"), Not(HasSubstr("nonce")));
  }
  EXPECT_EQ(*Get("/wall").body, "wall");
  EXPECT_EQ(*Get("/wall/main").body, "wall");
}

TEST_F(StaticSiteTest, SendsWhatWasCompressedBeforeToThoseWhoTakeIt) {
  const std::string asset = "/assets/index-BxYz12_3.js";
  const Response brotli = Get(asset, {{"accept-encoding", "gzip, deflate, br"}});
  EXPECT_EQ(*brotli.body, "brotli");
  EXPECT_EQ(Value(brotli, "Content-Encoding"), "br");
  EXPECT_EQ(Value(brotli, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(Value(brotli, "Vary"), "Accept-Encoding");
  EXPECT_EQ(Value(brotli, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(*Get(asset, {{"accept-encoding", "gzip;q=0.5, br;q=0"}}).body, "gzip");
  const Response plain = Get(asset);
  EXPECT_EQ(*plain.body, "plain");
  EXPECT_EQ(Value(plain, "Content-Encoding"), "");
}

TEST_F(StaticSiteTest, AnswersNotModifiedUntilTheFileChanges) {
  const std::string tag = Value(Get("/receiver"), "ETag");
  ASSERT_FALSE(tag.empty());
  EXPECT_EQ(Get("/receiver", {{"if-none-match", "\"other\", " + tag}}).status, 304);
  Write("receiver.html", "receiver, second edition");
  fs::last_write_time(root_ / "receiver.html",
                      fs::file_time_type::clock::now() + std::chrono::seconds(5));
  EXPECT_EQ(*Get("/receiver", {{"if-none-match", tag}}).body, "receiver, second edition");
}

TEST_F(StaticSiteTest, NeverLeavesItsFolder) {
  for (const char* target :
       {"/../outside.txt", "/assets/../../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt",
        "/link.txt", "/.env", "/%2eenv", "/assets", "/assets/", "//etc/passwd",
        "/assets//index-BxYz12_3.js", "/./sw.js"}) {
    EXPECT_EQ(Get(target).status, 404) << target;
  }
  for (const char* target :
       {"/sw.js%00.png", "/%", "/%zz", "/a%0ab", "/..\\outside.txt", "/%5c..%5coutside.txt"}) {
    EXPECT_EQ(Get(target).status, 400) << target;
  }
  EXPECT_EQ(Get("/%73w.js").status, 200);
  EXPECT_EQ(Get("/%2573w.js").status, 404);  // decoded once
}

TEST_F(StaticSiteTest, SaysInWordsWhatIsMissing) {
  EXPECT_THAT(*Get("/nothing").body, HasSubstr("There is no such page here"));
  const Response post = Get("/", {}, "POST");
  EXPECT_EQ(post.status, 405);
  EXPECT_EQ(Value(post, "Allow"), "GET, HEAD");
  StaticSite nothing({});
  const Response response = nothing.Serve({.method = "GET", .target = "/"});
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(*response.body, HasSubstr("--web-dir"));
}

TEST(ContentType, KnowsWhatAConsoleConsistsOf) {
  EXPECT_EQ(ContentTypeOf("a.css"), "text/css; charset=utf-8");
  EXPECT_EQ(ContentTypeOf("manifest.webmanifest"), "application/manifest+json");
  EXPECT_EQ(ContentTypeOf("a.exe"), "application/octet-stream");
  EXPECT_EQ(ContentTypeOf("noext"), "application/octet-stream");
}

TEST(ContentType, KeepsForEverOnlyWhatChangesItsName) {
  EXPECT_TRUE(IsHashedAsset("/assets/index-BxYz12_3.js"));
  EXPECT_TRUE(IsHashedAsset("/assets/a-b-C8-dEf_g.css"));
  EXPECT_FALSE(IsHashedAsset("/assets/index.js"));
  EXPECT_FALSE(IsHashedAsset("/sw.js"));
  EXPECT_FALSE(IsHashedAsset("/other/index-BxYz12_3.js"));
}

}  // namespace
}  // namespace wardcast
