#include "grader/judge/sanitizer_report.hpp"

#include <gtest/gtest.h>

#include <string>

// The reports are what gcc 12's sanitizers wrote for the mistake that the test names, shortened.
namespace handbuilt::grader {
namespace {

std::string address_report(const std::string& headline, const std::string& rest) {
  return "=================================================================\n==4981==ERROR: AddressSanitizer: " +
         headline + "\n" + rest +
         "    #0 0x557aa2b38b90 in std::vector<double>::operator[](unsigned long) /usr/include/c++/12/vector.h:1043\n"
         "    #1 0x557aa2b38b91 in tour::mean(std::vector<double> const&) /home/me/exercises/mean.cpp:22\n"
         "    #2 0x557aa2b39bd1 in main (/workers/mean+0x6bd1)\n";
}

std::string words_for(const std::string& printed) { return read_sanitizer_report(printed, "mean.cpp").plain_words; }

TEST(SanitizerReport, IsNotFoundInWhatAProgramPrintsItself) {
  EXPECT_FALSE(read_sanitizer_report("sum = 3\nmean.cpp:22 looks good\n", "mean.cpp").found);
}

TEST(SanitizerReport, NamesTheEntryReadPastTheEnd) {
  const std::string printed =
      address_report("heap-buffer-overflow on address 0x602000000098 at pc 0x557aa2b38b91 bp 0x7fff sp 0x7fff",
                     "READ of size 8 at 0x602000000098 thread T0\n") +
      "0x602000000098 is located 0 bytes to the right of 24-byte region [0x602000000080,0x602000000098)\n";
  EXPECT_EQ(read_sanitizer_report(printed, "mean.cpp").message("mean.cpp"),
            "mean.cpp:22: you read past the end of a block: entry 3 where there are 3, counted from 0\n"
            "(the sanitizer says: heap-buffer-overflow)");
}

TEST(SanitizerReport, TellsWritingFromReadingAndBeforeFromAfter) {
  EXPECT_EQ(words_for(address_report("heap-buffer-overflow on address 0x1", "WRITE of size 4 at 0x1 thread T0\n") +
                      "0x1 is located 4 bytes to the left of 12-byte region [0x5,0x11)\n"),
            "you wrote before the start of a block of memory");
}

TEST(SanitizerReport, ExplainsTheUseOfMemoryGivenBack) {
  EXPECT_EQ(words_for(address_report("heap-use-after-free on address 0x1", "READ of size 8 at 0x1 thread T0\n")),
            "you read memory that was given back before (or moved, as a list grew)");
}

TEST(SanitizerReport, ExplainsAFunctionThatCallsItself) {
  const std::string printed =
      "AddressSanitizer:DEADLYSIGNAL\n" + address_report("stack-overflow on address 0x7ffd (pc 0x56)", "");
  EXPECT_EQ(words_for(printed), "the function calls itself without end");
}

TEST(SanitizerReport, ExplainsASignedOverflowAtItsLine) {
  const SanitizerReport report = read_sanitizer_report(
      "/home/me/exercises/mean.cpp:21:25: runtime error: signed integer overflow: 3 + 2147483647 cannot be "
      "represented in type 'int'\n",
      "mean.cpp");
  EXPECT_EQ(report.line, 21);
  EXPECT_EQ(report.plain_words, "a whole number became too large for its type int: 3 + 2147483647");
}

TEST(SanitizerReport, ExplainsAnIndexOutOfRange) {
  EXPECT_EQ(words_for("mean.cpp:21:45: runtime error: index 5 out of bounds for type 'double [3]'\n"),
            "you used index 5 of an array declared as double [3]");
}

TEST(SanitizerReport, KeepsTheSanitizersWordsForWhatItDoesNotKnow) {
  EXPECT_EQ(read_sanitizer_report("mean.cpp:2:4: runtime error: something new\n", "mean.cpp").message("mean.cpp"),
            "mean.cpp:2: something new");
}

TEST(SanitizerReport, LooksForTheStudentsLineWhereTheErrorIsInAHeader) {
  const SanitizerReport report = read_sanitizer_report(
      "/usr/include/c++/12/vector.h:99:5: runtime error: division by zero\n"
      "    #0 0x1 in divide /usr/include/c++/12/vector.h:99\n    #1 0x2 in mean /home/me/mean.cpp:7\n",
      "mean.cpp");
  EXPECT_EQ(report.line, 7);
}

TEST(SanitizerReport, LeavesWhatTheProgramHadPrinted) {
  EXPECT_EQ(read_sanitizer_report("sum = 3\n" + address_report("SEGV on unknown address", ""), "mean.cpp").before,
            "sum = 3\n");
}

}  // namespace
}  // namespace handbuilt::grader
