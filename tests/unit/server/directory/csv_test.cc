#include "server/directory/files/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wardcast {
namespace {

using Cells = std::vector<std::string>;

TEST(Csv, ReadsWhatRfc4180Has) {
  const auto table = ReadCsv("wards.csv",
                             "id,name\r\n"
                             "4w,\"4 West, Surgery\"\r\n"
                             "icu,\"the \"\"unit\"\"\r\non two lines\"\r\n"
                             "ed,\r\n");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->header, (Cells{"id", "name"}));
  ASSERT_EQ(table->rows.size(), 3u);
  EXPECT_EQ(table->rows[0].cells, (Cells{"4w", "4 West, Surgery"}));
  EXPECT_EQ(table->rows[1].cells, (Cells{"icu", "the \"unit\"\r\non two lines"}));
  EXPECT_EQ(table->rows[1].line, 3);
  EXPECT_EQ(table->rows[2].cells, (Cells{"ed", ""}));
  EXPECT_EQ(table->rows[2].line, 5);
}

TEST(Csv, ByteOrderMarkBlankLinesAndAMissingLastLineEndAreNoMatter) {
  const auto table = ReadCsv("x.csv", "\xEF\xBB\xBF\nid,name\n\n\nä,Überwachung\n\n漢字,عربي");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->header_line, 2);
  EXPECT_EQ(table->header, (Cells{"id", "name"}));
  ASSERT_EQ(table->rows.size(), 2u);
  EXPECT_EQ(table->rows[1].cells, (Cells{"漢字", "عربي"}));
  EXPECT_EQ(table->rows[1].line, 7);
}

TEST(Csv, ALastEmptyCellIsACell) {
  EXPECT_EQ(ReadCsv("x.csv", "a,b\n1,")->rows[0].cells, (Cells{"1", ""}));
  EXPECT_EQ(ReadCsv("x.csv", "a,b\n,\n")->rows[0].cells, (Cells{"", ""}));
  EXPECT_EQ(ReadCsv("x.csv", "a,b\n\"\",\"\"")->rows[0].cells, (Cells{"", ""}));
}

struct Malformed {
  const char* name;
  std::string text;
  const char* place;
  const char* says;
};

class MalformedCsv : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedCsv, IsRefusedWithItsLine) {
  const auto table =
      ReadCsv("wards.csv", GetParam().text, {.rows = 3, .columns = 4, .cell_bytes = 20});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, Code::kInvalidArgument);
  ASSERT_EQ(table.error().violations.size(), 1u);
  EXPECT_EQ(table.error().violations[0].field, GetParam().place);
  EXPECT_NE(table.error().violations[0].description.find(GetParam().says), std::string::npos)
      << table.error().violations[0].description;
}

INSTANTIATE_TEST_SUITE_P(
    Table, MalformedCsv,
    testing::Values(
        Malformed{"Empty", "", "wards.csv:1", "is empty"},
        Malformed{"OnlyBlankLines", "\n\r\n", "wards.csv:3", "is empty"},
        Malformed{"UnterminatedQuote", "id,name\n4w,x\nicu,\"y\n", "wards.csv:3", "never closed"},
        Malformed{"SwallowsTheRest", "id,name\nicu,\"y\n4w,1\nxyz,12345678901\n", "wards.csv:2",
                  "missing"},
        Malformed{"QuoteInTheMiddle", "id,name\n4w,5\" screen\n", "wards.csv:2", "double quote"},
        Malformed{"TextAfterQuote", "id,name\n\"4w\" ,x\n", "wards.csv:2", "after a closing"},
        Malformed{"Latin1", "id,name\n4w,Intensiv\xE4t\n", "wards.csv:2", "UTF-8"},
        Malformed{"Overlong", "id\n\n\xC0\xAF\n", "wards.csv:3", "UTF-8"},
        Malformed{"Surrogate", "id\n\xED\xA0\x80\n", "wards.csv:2", "UTF-8"},
        Malformed{"CutShort", "id\n\xE6\xBC", "wards.csv:2", "UTF-8"},
        Malformed{"Zero", std::string("id\n4\0w\n", 7), "wards.csv:2", "control"},
        Malformed{"LoneCarriageReturn", "id\r4w\r", "wards.csv:1", "carriage return"},
        Malformed{"TooManyRows", "id\n1\n2\n3\n4\n", "wards.csv:5", "beyond 3 rows"},
        Malformed{"TooManyCells", "id\n1,2,3,4,5\n", "wards.csv:2", "more than 4"},
        Malformed{"TooLong", "id\n123456789012345678901\n", "wards.csv:2", "more than 20"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace wardcast
