#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "grader/course/commands.hpp"

// The command line of `./course`: the only file that knows CLI11.
namespace {

using namespace handbuilt::grader;

constexpr int kCourseFailed = 2;

struct Arguments {
  bool plain = false;
  bool anyway = false;
  bool list_json = false;
  bool docs_check = false;
  bool peers = false;
  std::string place, filter;
  std::vector<std::string> bench_words;
  std::string preset = "default";
  DemoOptions demo;
  CheckOptions check;
  ExportOptions student;
  GradeOptions grade;
  KitOptions kit;
  LateDaysOptions late;
  GradeClassOptions grade_class;
  GradeElementOptions element;
};

void describe_demo(CLI::App& app, Arguments& arguments) {
  CLI::App* demo = app.add_subcommand("demo", "Build and show a lesson's demo (10_convnet when none is named)");
  demo->add_option("LESSON", arguments.demo.lesson, "a number or a name: 10, convnet, 10_convnet");
  demo->add_flag("--headless", arguments.demo.headless, "write figures and results.json instead of opening a window");
  demo->add_option("--out", arguments.demo.out, "the folder for them");
  demo->add_option("--seconds", arguments.demo.seconds, "stop after this long")->check(CLI::PositiveNumber);
  demo->add_flag("--projector", arguments.demo.projector, "full screen, larger type, high contrast");
  demo->add_option("--script", arguments.demo.script,
                   "a text file of steps to play; docs/instructors.md has the words");
  demo->add_option("--seed", arguments.demo.seed, "of every random draw");
}

void describe_check(CLI::App& app, Arguments& arguments) {
  CLI::App* check = app.add_subcommand("check", "Judge an exercise (exit code 0: every checked task passed, 1: not)");
  check->add_option("LESSON[/TASK]", arguments.check.place,
                    "a lesson, or one of its tasks (every lesson when none is named)");
  check->add_option("--submission", arguments.check.submission, "a folder of exercise files other than exercises/");
  check->add_option("--json", arguments.check.json, "write the verdict there as well");
  check->add_flag("--sanitize", arguments.check.sanitize, "with the address and undefined-behaviour sanitizers (slow)");
  check->add_option("--seed", arguments.check.seed, "the random inputs of an earlier check again");
}

void describe_export(CLI::App& app, Arguments& arguments) {
  CLI::App* student = app.add_subcommand("export-student", "Make a student's copy: no solutions, no history");
  student->add_option("DIR", arguments.student.folder, "a new or an empty folder")->required();
  student->add_option("--hidden", arguments.student.hidden,
                      "a folder of your own tests, NN_name/*.judge.cpp: the copy only tells how many there are");
}

void describe_grade(CLI::App& app, Arguments& arguments) {
  GradeOptions& options = arguments.grade;
  CLI::App* grade = app.add_subcommand("grade", "Grade a submission safely and write a report for a platform");
  grade->add_option("DIR", options.folder, "what was handed in: exercises/NN_name/, NN_name/ or a lesson's files")
      ->required();
  grade->add_option("--format", options.format, "of the report")
      ->required()
      ->check(CLI::IsMember({"gradescope", "classroom50", "github", "check50", "junit", "json"}));
  grade->add_option("--out", options.out, "the report, written anew after every task")->required();
  grade->add_option("--lesson", options.lessons, "only this lesson, also when it is missing (may be repeated)");
  grade->add_option("--task", options.tasks, "only this task, as LESSON/TASK (may be repeated)");
  grade->add_option("--sandbox", options.sandbox, "what the code runs in")
      ->default_str("auto")
      ->check(CLI::IsMember({"auto", "graded", "contained", "none"}));
  grade->add_option("--seed", options.seed, "of all random inputs (a fresh one when none is named)");
  grade->add_option("--hidden", options.hidden, "a folder of your own tests, NN_name/*.judge.cpp");
  grade->add_option("--hidden-report", options.hidden_report, "write there, for yourself, what those tests said");
  grade->add_option("--hidden-visibility", options.hidden_visibility, "when Gradescope shows their outcome")
      ->default_str("after_published")
      ->check(CLI::IsMember({"visible", "after_due_date", "after_published"}));
}

void describe_kit(CLI::App& app, Arguments& arguments) {
  KitOptions& options = arguments.kit;
  CLI::App* kit =
      app.add_subcommand("grade-kit", "Make what you upload to a platform so that it grades with the course");
  kit->add_option("PLATFORM", options.platform, "gradescope, classroom50 or github")
      ->required()
      ->check(CLI::IsMember({"gradescope", "classroom50", "github"}));
  kit->add_option("--out", options.out, "a new or an empty folder")->required();
  kit->add_option("--lesson", options.lessons, "to grade (may be repeated)")->required();
  kit->add_option("--hidden", options.hidden, "a folder of your own tests, NN_name/*.judge.cpp");
  kit->add_option("--hidden-visibility", options.hidden_visibility, "when Gradescope shows their outcome")
      ->capture_default_str()
      ->check(CLI::IsMember({"visible", "after_due_date", "after_published"}));
  kit->add_option("--sandbox", options.sandbox, "what the code runs in there")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "graded", "contained", "none"}));
  kit->add_option("--seconds", options.seconds, "stop grading a submission by itself after this long")
      ->capture_default_str()
      ->check(CLI::Range(10, 86400));
}

void describe_grade_class(CLI::App& app, Arguments& arguments) {
  GradeClassOptions& options = arguments.grade_class;
  CLI::App* grade = app.add_subcommand("grade-class", "Grade a class; called again, it goes on where it stopped");
  grade->add_option("DIR", options.folder, "a folder, zip or tarball for every student")->required();
  grade->add_option("--out", options.out, "where grades.csv, index.html and a page for every student go")->required();
  grade->add_option("--lesson", options.lessons, "grade this lesson, also where it is missing (may be repeated)");
  grade->add_option("--jobs", options.jobs, "submissions at the same time (one a core when left out)")
      ->check(CLI::PositiveNumber);
  grade->add_option("--engine", options.engine, "where the work is done")
      ->default_str("local")
      ->check(CLI::IsMember({"local", "slurm"}));
  grade->add_option("--sbatch", options.sbatch_words,
                    "handed to sbatch, as in --sbatch=--partition=main (may be repeated)");
  grade->add_option("--sandbox", options.sandbox, "what the code runs in")
      ->default_str("auto")
      ->check(CLI::IsMember({"auto", "graded", "contained", "none"}));
  grade->add_option("--class-seed", options.class_seed, "of all random inputs; the same seed gives the same grades")
      ->capture_default_str();
  grade->add_option("--hidden", options.hidden, "a folder of your own tests, NN_name/*.judge.cpp");
  CLI::App* element = app.add_subcommand("grade-class-element", "What one element of a Slurm array does")->group("");
  element->add_option("PLAN", arguments.element.plan)->required();
  element->add_option("--elements", arguments.element.elements)->required();
  element->add_option("--element", arguments.element.element)->envname("SLURM_ARRAY_TASK_ID")->required();
}

void describe_late_days(CLI::App& app, Arguments& arguments) {
  LateDaysOptions& options = arguments.late;
  CLI::App* late = app.add_subcommand("late-days", "Take late days off the totals of a class");
  late->add_option("GRADES", options.grades, "grades.csv of grade-class")->required();
  late->add_option("--times", options.times, "a CSV file with the columns submission and handed_in")->required();
  late->add_option("--deadline", options.deadline, "as in 2027-05-01T23:59:00Z")->required();
  late->add_option("--rule", options.rule, "FREE,PERCENT,MOST: free days, the share of each further day, the last day")
      ->required();
  late->add_option("--out", options.out, "the new CSV file")->required();
}

void describe_others(CLI::App& app, Arguments& arguments) {
  CLI::App* list = app.add_subcommand("list", "List lessons and tasks");
  list->add_flag("--json", arguments.list_json, "for programs");
  app.add_subcommand("watch", "Check again whenever you save; Ctrl-C stops")
      ->add_option("LESSON", arguments.place, "the lesson of the first unfinished task when none is named");
  CLI::App* solution = app.add_subcommand("solution", "Show a task's reference answer, once yours has passed");
  solution->add_option("LESSON/TASK", arguments.place)->required();
  solution->add_flag("--anyway", arguments.anyway, "also before");
  app.add_subcommand("hint", "Show one more hint for a task")->add_option("LESSON/TASK", arguments.place)->required();
  CLI::App* debug = app.add_subcommand("debug", "Replay the input that failed in the last check under gdb");
  debug->add_option("LESSON/TASK", arguments.place)->required();
  debug->add_option("--submission", arguments.check.submission, "as in that check");
  debug->add_flag("--sanitize", arguments.check.sanitize, "as in that check");
  CLI::App* test = app.add_subcommand("test", "Build everything and run the tests; what follows goes to ctest");
  test->add_option("--preset", arguments.preset, "a CMake preset: default, debug, asan, tsan")->capture_default_str();
  test->prefix_command();
  CLI::App* robot = app.add_subcommand("robot", "Run the robot simulator; ./course robot --help tells its commands");
  robot->prefix_command();
  robot->set_help_flag();
  robot->fallthrough(false);
  CLI::App* bench = app.add_subcommand("bench", "Build and run the benchmarks");
  bench->add_option("FILTER", arguments.filter, "only those whose name contains it");
  bench->add_option("WORDS", arguments.bench_words, "handed to these programs, after --");
  bench->add_flag("--peers", arguments.peers, "beside other libraries, in turn in one run");
  app.add_subcommand("doctor", "Say what this machine lacks, and the command that mends it");
  app.add_subcommand("docs", "Refresh the code and the numbers that the texts quote")
      ->add_flag("--check", arguments.docs_check, "only tell what differs");
}

int run_command(const CLI::App& app, const Arguments& arguments) {
  const House house = open_house(find_root());
  const Terminal terminal = find_terminal(arguments.plain);
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  const std::string name = chosen.empty() ? "" : chosen.front()->get_name();
  if (name == "list") return run_list(house, arguments.list_json, terminal);
  if (name == "demo") return run_demo(house, arguments.demo, arguments.plain);
  if (name == "check") return run_check(house, arguments.check, terminal);
  if (name == "watch") return run_watch(house, arguments.place, arguments.plain);
  if (name == "solution") return run_solution(house, arguments.place, arguments.anyway, terminal);
  if (name == "export-student") return run_export_student(house, arguments.student);
  if (name == "grade-class") return run_grade_class(house, arguments.grade_class, terminal);
  if (name == "grade-class-element") return run_grade_class_element(house, arguments.element);
  if (name == "grade") return run_grade(house, arguments.grade, terminal);
  if (name == "late-days") return run_late_days(arguments.late);
  if (name == "grade-kit") return run_grade_kit(house, arguments.kit);
  if (name == "hint") return run_hint(house, arguments.place, terminal);
  if (name == "debug") return run_debug(house, arguments.place, arguments.check.submission, arguments.check.sanitize);
  if (name == "test") return run_tests(house, arguments.preset, chosen.front()->remaining());
  if (name == "robot") return run_robot(house, chosen.front()->remaining());
  if (name == "bench") return run_benchmarks(house, arguments.peers, arguments.filter, arguments.bench_words);
  if (name == "doctor") return run_doctor(house, terminal);
  if (name == "docs") return run_docs(house, arguments.docs_check);
  return run_overview(house, terminal);
}

/// A word that no command takes: most often a slip in a command's name.
std::string describe_extra(const CLI::App& app, char** words, int count) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  const std::string first = count > 1 ? words[1] : "";
  const bool is_command = std::find(known.begin(), known.end(), first) != known.end();
  if (is_command || first.starts_with('-'))
    return "cannot use all of these words; ./course " + first + " --help shows what it takes";
  const std::vector<std::string> nearest = nearest_names(first, known, 1);
  return "no command \"" + first +
         "\": " + (nearest.empty() ? "./course --help lists them" : "did you mean " + nearest[0] + "?");
}

}  // namespace

int main(int count, char** words) {
  CLI::App app("Handbuilt: machine learning, built by hand", "./course");
  Arguments arguments;
  app.add_flag("--plain", arguments.plain, "plain words, without colours");
  app.require_subcommand(0, 1);
  app.fallthrough();
  describe_demo(app, arguments);
  describe_check(app, arguments);
  describe_export(app, arguments);
  describe_grade(app, arguments);
  describe_kit(app, arguments);
  describe_late_days(app, arguments);
  describe_grade_class(app, arguments);
  describe_others(app, arguments);
  try {
    app.parse(count, words);
    return run_command(app, arguments);
  } catch (const CLI::ExtrasError& error) {
    std::cerr << "course: " << describe_extra(app, words, count) << '\n';
    return kCourseFailed;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kCourseFailed;
  } catch (const std::exception& error) {
    std::cerr << "course: " << error.what() << '\n';
    return kCourseFailed;
  }
}
