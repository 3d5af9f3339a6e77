#include "robot_sim/campaign/campaign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "robot_sim/campaign/rows.hpp"
#include "robot_sim/world/home_generator.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

namespace fs = std::filesystem;
using test::message_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

CampaignPlan small_plan() {
  CampaignPlan plan;
  set_homes(plan, "3..4");
  set_faults(plan, "wheel_left:weak:3@5,gyro:off@5");
  plan.faults.push_back("brush:stuck:1@5");
  plan.seeds = 2;
  plan.minutes = 1;
  return plan;
}

int lines_of(const fs::path& file) {
  if (!fs::exists(file)) return 0;
  const std::string text = read_file(file);
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Campaign, GivesTheSameFilesWhateverTheJobs) {
  const test::TemporaryFolder folder;
  run_campaign(small_plan(), folder / "one", 1);
  run_campaign(small_plan(), folder / "three", 3);
  EXPECT_EQ(lines_of(folder / "one" / "runs.csv"), 13);
  for (const char* name : {"runs.csv", "summary.txt", "coverage_lost.svg"})
    EXPECT_EQ(read_file(folder / "one" / name), read_file(folder / "three" / name)) << name;
}

TEST(Campaign, RowsAreWhatTheCommandsOfTheirRunsGive) {
  const test::TemporaryFolder folder;
  const CampaignPlan plan = small_plan();
  run_campaign(plan, folder.path());
  const Rows rows = read_rows(folder / "runs.csv", plan);
  RunSetup setup;
  setup.home = std::make_shared<const Home>(generate_home(4));
  setup.minutes = 1;
  setup.options.seed = 2;
  setup.options.faults = parse_faults("wheel_left:weak:3@5,gyro:off@5");
  // Home 4 is the second of two, the fault the second of three, the seed the second of two.
  EXPECT_EQ(rows.lines.at(9), row_of(planned_run(plan, 9), run(setup).report));
  EXPECT_EQ(command_of(plan, planned_run(plan, 9)),
            "./course robot run --home 4 --controller bounce --minutes 1 --seed 2 --delay 0.1 --faults "
            "wheel_left:weak:3@5,gyro:off@5");
}

TEST(Campaign, GoesOnAfterItWasKilled) {
  const test::TemporaryFolder folder;
  const fs::path out = folder / "killed";
  const pid_t process = fork();
  if (process == 0) {
    const std::string out_word = out.string();
    execl(HANDBUILT_ROBOT, HANDBUILT_ROBOT, "campaign", "--homes", "1..2", "--faults", "gyro:off@5", "--seeds", "15",
          "--minutes", "8", "--out", out_word.c_str(), nullptr);
    _exit(127);
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (lines_of(out / "runs.csv") < 12 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  kill(process, SIGKILL);
  int status = 0;
  waitpid(process, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it could be killed";
  // As if the machine, too, had stopped in the midst of a row.
  const std::string whole = read_file(out / "runs.csv");
  write_file(out / "runs.csv", whole.substr(0, whole.size() - 7));
  const int kept = lines_of(out / "runs.csv") - 1;
  ASSERT_GE(kept, 10);
  ASSERT_LT(kept, 60);

  CampaignPlan plan;
  set_homes(plan, "1..2");
  set_faults(plan, "gyro:off@5");
  plan.seeds = 15;
  plan.minutes = 8;
  const CampaignResult resumed = run_campaign(plan, out);
  EXPECT_EQ(resumed.already_there, kept);
  EXPECT_EQ(resumed.runs, 60);
  run_campaign(plan, folder / "whole");
  for (const char* name : {"runs.csv", "summary.txt", "coverage_lost.svg"})
    EXPECT_EQ(read_file(out / name), read_file(folder / "whole" / name)) << name;
  EXPECT_EQ(run_campaign(plan, out).already_there, 60);
}

TEST(Campaign, SumsUpWhatItsRowsSay) {
  const test::TemporaryFolder folder;
  const CampaignPlan plan = small_plan();
  run_campaign(plan, folder.path());
  const std::string summary = read_file(folder / "summary.txt");
  EXPECT_THAT(summary, AllOf(HasSubstr("homes 3 to 4, 2 faults and none, 2 seeds: 12 runs of 1 minutes"),
                             HasSubstr("fewer than 15 an hour"), HasSubstr("./course robot run --home ")));
  const Rows rows = read_rows(folder / "runs.csv", plan);
  const std::vector<double>& coverage = rows.table.numbers("coverage");
  double healthy = 0;
  for (const std::size_t run : {0u, 1u, 6u, 7u}) healthy += 100 * coverage[run] / 4;
  char words[32];
  std::snprintf(words, sizeof words, "%.2f [", healthy);
  EXPECT_THAT(summary, HasSubstr(words));
  EXPECT_THAT(read_file(folder / "coverage_lost.svg"), AllOf(HasSubstr("brush"), HasSubstr("stuck")));
}

TEST(Campaign, TakesAllFaultsButTheBoards) {
  CampaignPlan plan;
  set_faults(plan, "all");
  EXPECT_EQ(plan.faults.front(), "");
  for (const std::string& faults : plan.faults) EXPECT_THAT(faults, ::testing::Not(HasSubstr("board")));
  std::size_t others = 1;
  for (const Fault& fault : every_fault(60)) others += fault.component != Component::kBoard ? 1 : 0;
  EXPECT_EQ(plan.faults.size(), others);
}

TEST(Campaign, RefusesWhatItCannotRun) {
  const test::TemporaryFolder folder;
  CampaignPlan plan = small_plan();
  for (const char* range : {"3", "3..", "..3", "4..3", "3...4", "a..b", "1..2x"})
    EXPECT_THAT(message_of<ValueError>([&] { set_homes(plan, range); }), HasSubstr("expected A..B")) << range;
  EXPECT_THAT(message_of<ValueError>([&] { set_faults(plan, "missing.txt"); }),
              HasSubstr("or a file that is there, got \"missing.txt\""));
  write_file(folder / "faults.txt", "gyro:off@1 # one\n\ngyro:asleep@1\n");
  EXPECT_THAT(message_of<DataError>([&] { set_faults(plan, (folder / "faults.txt").string()); }),
              HasSubstr("faults.txt:3: faults, position 6: expected a type"));
  plan = small_plan();
  run_campaign(plan, folder / "out");
  plan.minutes = 2;
  EXPECT_THAT(message_of<DataError>([&] { run_campaign(plan, folder / "out"); }),
              HasSubstr("holds another campaign (\"minutes 1\", not \"minutes 2\")"));
  plan.minutes = 1;
  const std::string rows = read_file(folder / "out" / "runs.csv");
  write_file(folder / "out" / "runs.csv", rows + rows.substr(rows.find('\n') + 1));
  EXPECT_THAT(message_of<DataError>([&] { run_campaign(plan, folder / "out"); }),
              HasSubstr("runs.csv:14: expected a run of this campaign that was not there yet"));
  plan.seeds = 100'000'000;
  EXPECT_THAT(message_of<ValueError>([&] { run_campaign(plan, folder / "huge"); }), HasSubstr("10 million runs"));
}

}  // namespace
}  // namespace handbuilt::robot_sim
