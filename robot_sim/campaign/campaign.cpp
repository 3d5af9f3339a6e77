#include "robot_sim/campaign/campaign.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <mutex>
#include <numeric>
#include <span>
#include <sstream>

#include "core/descriptor.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "robot_sim/campaign/rows.hpp"
#include "robot_sim/campaign/summary.hpp"
#include "robot_sim/world/home_generator.hpp"

namespace handbuilt::robot_sim {

namespace {

namespace fs = std::filesystem;

constexpr double kFaultStart_s = 60;
constexpr std::uint64_t kMostRuns = 10'000'000;

/// What two campaigns in the same folder must have in common.
std::string plan_text(const CampaignPlan& plan) {
  std::string text =
      fmt::format("homes {}..{}\nseeds {}\ncontroller {}\nminutes {}\ndelay {}\ncat {}\n", plan.first_home,
                  plan.last_home, plan.seeds, plan.controller, plan.minutes, plan.delay_s, plan.cat);
  for (const std::string& faults : plan.faults) text += "faults " + faults + "\n";
  return text;
}

void require_plan(const CampaignPlan& plan, const fs::path& folder) {
  const fs::path file = folder / "plan.txt";
  if (!fs::exists(file)) {
    write_file(file, plan_text(plan));
    return;
  }
  std::istringstream here(read_file(file)), wanted(plan_text(plan));
  for (std::string a, b; !here.eof() || !wanted.eof();) {
    if (!std::getline(here, a)) a = "nothing";
    if (!std::getline(wanted, b)) b = "nothing";
    if (a != b)
      throw DataError(fmt::format("{}: the folder holds another campaign (\"{}\", not \"{}\"); name another --out",
                                  folder.string(), a, b));
  }
}

Descriptor lock(const fs::path& folder) {
  const fs::path file = folder / "lock";
  Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (descriptor.get() < 0) throw DataError(file.string() + ": cannot write the file: " + std::strerror(errno));
  if (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0)
    throw DataError(folder.string() + ": another campaign is at work in this folder");
  return descriptor;
}

/// Adds whole lines at the end of a file, one call of the system each.
class Appender {
 public:
  explicit Appender(const fs::path& path) : path_(path), file_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)) {
    if (file_.get() < 0) fail();
  }
  void append(const std::string& line) {
    if (::write(file_.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size())) fail();
  }

 private:
  [[noreturn]] void fail() { throw DataError(path_.string() + ": cannot write the file: " + std::strerror(errno)); }

  fs::path path_;
  Descriptor file_;
};

RunSetup setup_of(const CampaignPlan& plan, const PlannedRun& planned, std::shared_ptr<const Home> home) {
  RunSetup setup;
  setup.home = std::move(home);
  setup.controller = plan.controller;
  setup.minutes = plan.minutes;
  setup.options.seed = planned.seed;
  setup.options.faults = parse_faults(planned.faults);
  setup.options.delay_s = static_cast<float>(plan.delay_s);
  setup.options.cat = plan.cat;
  return setup;
}

/// Those that are missing, as they are run together: as many of one home as a batch steps at once, or fewer when that
/// would leave workers idle.
std::vector<std::span<const int>> bunches(const CampaignPlan& plan, std::span<const int> missing, int workers) {
  const std::size_t share =
      (missing.size() + static_cast<std::size_t>(workers) - 1) / static_cast<std::size_t>(workers);
  const std::size_t most = std::clamp<std::size_t>(share, 1, Batch::kWidth);
  const int runs_of_a_home = plan.runs() / static_cast<int>(plan.last_home - plan.first_home + 1);
  std::vector<std::span<const int>> all;
  while (!missing.empty()) {
    std::size_t count = 1;
    while (count < most && count < missing.size() && missing[count] / runs_of_a_home == missing[0] / runs_of_a_home)
      ++count;
    all.push_back(missing.first(count));
    missing = missing.subspan(count);
  }
  return all;
}

/// Runs those that are missing and hands over each bunch's rows when they are there, from any thread but one at a time.
void run_missing(const CampaignPlan& plan, const std::vector<int>& missing, int jobs,
                 const std::function<void(const std::vector<std::string>&)>& take_rows) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  Workers workers(std::min<int>(jobs > 0 ? jobs : core_count(), std::max<int>(1, static_cast<int>(missing.size()))));
  const std::vector<std::span<const int>> all = bunches(plan, missing, workers.count());
  workers.parallel_for(workers.count(), [&](int, int, int) {
    std::shared_ptr<const Home> home;
    std::uint64_t home_seed = 0;
    for (std::size_t i = next++; i < all.size() && !failed; i = next++) {
      try {
        std::vector<RunSetup> setups;
        for (const int number : all[i]) {
          const PlannedRun planned = planned_run(plan, number);
          if (!home || home_seed != planned.home) home = std::make_shared<const Home>(generate_home(planned.home));
          home_seed = planned.home;
          setups.push_back(setup_of(plan, planned, home));
        }
        const std::vector<RunReport> reports = run_together(setups);
        std::vector<std::string> rows;
        for (std::size_t k = 0; k < reports.size(); ++k)
          rows.push_back(row_of(planned_run(plan, all[i][k]), reports[k]));
        const std::lock_guard guard(mutex);
        take_rows(rows);
      } catch (...) {
        failed = true;
        throw;
      }
    }
  });
}

}  // namespace

int CampaignPlan::runs() const {
  return static_cast<int>((last_home - first_home + 1) * faults.size() * static_cast<std::size_t>(seeds));
}

void set_homes(CampaignPlan& plan, const std::string& range) {
  const char* const end = range.data() + range.size();
  const auto first = std::from_chars(range.data(), end, plan.first_home);
  const bool dots = first.ec == std::errc() && end - first.ptr > 2 && std::string_view(first.ptr, 2) == "..";
  const auto last = dots ? std::from_chars(first.ptr + 2, end, plan.last_home) : first;
  if (!dots || last.ec != std::errc() || last.ptr != end || plan.last_home < plan.first_home)
    throw ValueError("--homes: expected A..B, the first and the last seed, got \"" + range + "\"");
}

void set_faults(CampaignPlan& plan, const std::string& word) {
  plan.faults = {""};
  if (word == "all") {
    for (const Fault& fault : every_fault(kFaultStart_s))
      if (fault.component != Component::kBoard) plan.faults.push_back(to_string({fault}));
  } else if (fs::is_regular_file(word)) {
    std::istringstream file(read_file(word));
    int number = 1;
    for (std::string line; std::getline(file, line); ++number) {
      line = line.substr(0, line.find('#'));
      line.erase(std::remove_if(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r'; }),
                 line.end());
      if (line.empty()) continue;
      try {
        plan.faults.push_back(to_string(parse_faults(line)));
      } catch (const ValueError& error) {
        throw DataError(fmt::format("{}:{}: {}", word, number, error.what()));
      }
    }
  } else if (!word.empty() && word.find(':') == std::string::npos) {
    throw ValueError("--faults: expected all, faults as run takes them, or a file that is there, got \"" + word + "\"");
  } else if (!word.empty()) {
    plan.faults.push_back(to_string(parse_faults(word)));
  }
}

PlannedRun planned_run(const CampaignPlan& plan, int number) {
  const auto at = static_cast<std::size_t>(number), seeds = static_cast<std::size_t>(plan.seeds);
  return {number, plan.first_home + at / seeds / plan.faults.size(), plan.faults[at / seeds % plan.faults.size()],
          at % seeds + 1};
}

std::string command_of(const CampaignPlan& plan, const PlannedRun& run) {
  return fmt::format("./course robot run --home {} --controller {} --minutes {} --seed {} --delay {}{}{}", run.home,
                     plan.controller, plan.minutes, run.seed, plan.delay_s,
                     run.faults.empty() ? "" : " --faults " + run.faults, plan.cat ? " --cat" : "");
}

CampaignResult run_campaign(const CampaignPlan& plan, const fs::path& folder, int jobs,
                            const std::function<void(double)>& progress) {
  const std::uint64_t homes = plan.last_home - plan.first_home + 1;
  if (plan.seeds < 1 || homes == 0 || homes > kMostRuns || plan.faults.empty() ||
      homes * plan.faults.size() > kMostRuns / static_cast<std::uint64_t>(plan.seeds))
    throw ValueError("expected a campaign of 1 to 10 million runs");
  make_controller(plan.controller, 1);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw DataError(folder.string() + ": cannot make the folder: " + error.message());
  const Descriptor held = lock(folder);
  require_plan(plan, folder);

  const fs::path file = folder / "runs.csv";
  Rows rows = read_rows(file, plan);
  const CampaignResult result{plan.runs(), static_cast<int>(rows.lines.size())};
  std::vector<char> there(static_cast<std::size_t>(plan.runs()));
  for (const int number : rows.numbers) there[static_cast<std::size_t>(number)] = 1;
  std::vector<int> missing;
  for (int number = 0; number < plan.runs(); ++number)
    if (there[static_cast<std::size_t>(number)] == 0) missing.push_back(number);

  // What was cut goes, and the rest stays.
  write_file(file, row_names() + fmt::format("{}", fmt::join(rows.lines, "")));
  Appender appender(file);
  int done = result.already_there;
  run_missing(plan, missing, jobs, [&](const std::vector<std::string>& bunch) {
    for (const std::string& row : bunch) appender.append(row);
    done += static_cast<int>(bunch.size());
    if (progress) progress(static_cast<double>(done) / plan.runs());
  });

  rows = read_rows(file, plan);
  std::vector<std::string> sorted(rows.lines.size());
  for (std::size_t i = 0; i < rows.lines.size(); ++i) sorted[static_cast<std::size_t>(rows.numbers[i])] = rows.lines[i];
  write_file(file, row_names() + fmt::format("{}", fmt::join(sorted, "")));
  write_summary(plan, rows, folder);
  return result;
}

}  // namespace handbuilt::robot_sim
