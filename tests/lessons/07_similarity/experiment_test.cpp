#include "lessons/07_similarity/experiment.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/file.hpp"

namespace handbuilt::lessons::likeness {
namespace {

nlohmann::json recorded() {
  return nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/07_similarity/results.json"))["numbers"];
}

TEST(Lesson07Results, OfOneSeedAreThoseRecorded) {
  const nlohmann::json numbers = recorded();
  for (const auto& [name, value] : run_experiment(1))
    EXPECT_NEAR(value, numbers["seed_1_" + name]["value"].get<double>(), 1e-6) << name;
}

TEST(Lesson07Results, RecallGainsInNewHomesClearOfNothing) {
  const nlohmann::json gain = recorded()["gain_over_fixed_recall"];
  EXPECT_GE(gain["n"].get<int>(), 20);
  EXPECT_GT(gain["low"].get<double>(), 0);
}

TEST(Lesson07Results, StrangeWindowsAreToldFromOrdinaryOnes) {
  EXPECT_GE(recorded()["auroc_neighbour"]["low"].get<double>(), 0.9);
}

TEST(Lesson07Results, TheRankingTurnsOverFromRememberedBumpsToNewHomes) {
  const nlohmann::json numbers = recorded();
  const auto low = [&](const char* name) { return numbers[name]["low"].get<double>(); };
  const auto high = [&](const char* name) { return numbers[name]["high"].get<double>(); };
  EXPECT_GT(low("kept_known_nearest"), high("kept_known_place"));
  EXPECT_GT(low("kept_known_place"), high("kept_known_recall"));
  EXPECT_GT(low("kept_known_recall"), high("kept_known_fixed"));
  EXPECT_GT(low("kept_new_recall"), high("kept_new_place"));
}

}  // namespace
}  // namespace handbuilt::lessons::likeness
