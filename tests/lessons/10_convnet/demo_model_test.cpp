#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <thread>

#include "core/error.hpp"
#include "data/digits.hpp"
#include "lessons/10_convnet/demo/headless.hpp"
#include "lessons/10_convnet/demo/model.hpp"
#include "lessons/10_convnet/demo/pad.hpp"
#include "lessons/10_convnet/demo/scene.hpp"
#include "lessons/10_convnet/demo/training_thread.hpp"
#include "lessons/10_convnet/demo/view.hpp"
#include "lessons/demo.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::lessons::convnet {
namespace {

/// A few hundred real digits.
data::Digits few_digits(int train, int validation) {
  const data::Digits all = data::load_mnist(datasets_folder() / "mnist");
  return {data::slice(all.train, 0, train), data::slice(all.validation, 0, validation), {}};
}

nn::Recipe quick_recipe(int epochs) {
  nn::Recipe recipe = nn::plain_lenet_recipe();
  recipe.initialisation = nn::Initialisation::he_normal;
  recipe.options.epochs = epochs;
  recipe.options.schedule = nn::ConstantSchedule{.learning_rate = 0.03};
  return recipe;
}

double accuracy(const Insight& insight, int count) { return 1 - static_cast<double>(insight.mistakes.size()) / count; }

/// One trained model for all tests that only look at it.
class TrainedModel : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    digits_ = new data::Digits(few_digits(800, 200));
    model_ = new DemoModel(*digits_, quick_recipe(4), 1);
    untrained_accuracy_ = accuracy(*model_->snapshot().insight, 200);
    while (!model_->done()) model_->step();
  }
  static void TearDownTestSuite() {
    delete model_;
    delete digits_;
  }
  static Scene scene() { return {digits_->validation, std::make_shared<const Snapshot>(model_->snapshot())}; }

  static inline data::Digits* digits_ = nullptr;
  static inline DemoModel* model_ = nullptr;
  static inline double untrained_accuracy_ = 0;
};

TEST_F(TrainedModel, LearnsToReadDigits) {
  EXPECT_LT(untrained_accuracy_, 0.35);
  EXPECT_GT(accuracy(*model_->snapshot().insight, 200), 0.8);
}

TEST_F(TrainedModel, RecordsEveryEpochAndTheLossAlongTheWay) {
  const Snapshot snapshot = model_->snapshot();
  EXPECT_EQ(snapshot.epochs.size(), 4u);
  ASSERT_EQ(snapshot.losses.size(), snapshot.loss_epochs.size());
  EXPECT_LT(snapshot.losses.back(), snapshot.losses.front());
  EXPECT_TRUE(std::is_sorted(snapshot.loss_epochs.begin(), snapshot.loss_epochs.end()));
  EXPECT_LE(snapshot.loss_epochs.back(), 4);
}

TEST_F(TrainedModel, ItsInsightBelongsToItsNetwork) {
  Snapshot snapshot = model_->snapshot();
  const Insight again = look_inside(snapshot.network, digits_->validation);
  EXPECT_EQ(again.confusion, snapshot.insight->confusion);
  EXPECT_EQ(again.nodes[3].pictures, snapshot.insight->nodes[3].pictures);
}

TEST_F(TrainedModel, EveryMistakeIsOneAndTheSurestComeFirst) {
  Snapshot snapshot = model_->snapshot();
  const std::vector<Mistake>& mistakes = snapshot.insight->mistakes;
  ASSERT_FALSE(mistakes.empty());
  for (const Mistake& mistake : mistakes) {
    const data::LabelledImages digit = data::slice(digits_->validation, mistake.image, mistake.image + 1);
    EXPECT_EQ(digit.labels[0], mistake.label);
    const Answer said = answer(snapshot.network, digit.images);
    EXPECT_EQ(said.best, mistake.answer);
    EXPECT_NEAR(said.probabilities[static_cast<std::size_t>(said.best)], mistake.confidence, 1e-4);
  }
  EXPECT_TRUE(std::is_sorted(mistakes.begin(), mistakes.end(),
                             [](const Mistake& a, const Mistake& b) { return a.confidence > b.confidence; }));
}

TEST_F(TrainedModel, ConfusionCountsEveryDigitOnceAndMistakesOffItsDiagonal) {
  const Insight insight = *model_->snapshot().insight;
  int all = 0, wrong = 0;
  for (std::size_t label = 0; label < 10; ++label)
    for (std::size_t said = 0; said < 10; ++said) {
      all += insight.confusion[label][said];
      if (label != said) wrong += insight.confusion[label][said];
    }
  EXPECT_EQ(all, 200);
  EXPECT_EQ(wrong, static_cast<int>(insight.mistakes.size()));
}

TEST_F(TrainedModel, ANodesPictureExcitesItMoreThanTheMeanDigitDoes) {
  Snapshot snapshot = model_->snapshot();
  Tensor mean({1, 1, 28, 28});
  for (const auto [n, c, y, x] : digits_->validation.images.indices())
    mean(0, c, y, x) += digits_->validation.images(n, c, y, x) / 200;
  const Tensor of_mean = answer(snapshot.network, mean).activations[kOutput];
  for (int node = 0; node < 10; ++node) {
    Tensor picture({1, 1, 28, 28});
    for (const auto [n, c, y, x] : picture.indices())
      picture(n, c, y, x) = snapshot.insight->nodes[4].pictures(node, 0, y, x);
    EXPECT_GT(answer(snapshot.network, picture).activations[kOutput](0, node), of_mean(0, node)) << node;
  }
}

TEST_F(TrainedModel, AnswersWithProbabilities) {
  const Answer said = scene().answer();
  EXPECT_NEAR(std::accumulate(said.probabilities.begin(), said.probabilities.end(), 0.0), 1, 1e-5);
  EXPECT_EQ(said.activations.size(), 12u);
}

TEST_F(TrainedModel, ReadsADrawnDigitThatIsNotTheOneShownBefore) {
  Scene drawn = scene();
  drawn.draw(scripted_three());
  EXPECT_TRUE(drawn.shows_drawing());
  EXPECT_EQ(drawn.answer().best, 3);
}

TEST_F(TrainedModel, KeysMoveThroughDigitsClassesAndMistakes) {
  Scene viewed = scene();
  const Layout layout = layout_for(1280, 800);
  const auto press = [&](char character, window::Key key = window::Key::none) {
    return viewed.handle({.key = key, .character = character}, layout);
  };
  EXPECT_TRUE(press('n'));
  EXPECT_EQ(viewed.digit(), 1);
  press('p');
  press(0, window::Key::left);
  EXPECT_EQ(viewed.digit(), 199);
  press('7');
  EXPECT_EQ(digits_->validation.labels[static_cast<std::size_t>(viewed.digit())], 7);
  press(0, window::Key::down);
  EXPECT_EQ(viewed.digit(), viewed.snapshot().insight->mistakes.front().image);
  press(0, window::Key::up);
  EXPECT_EQ(viewed.digit(), viewed.snapshot().insight->mistakes.back().image);
  press(' ');
  EXPECT_TRUE(viewed.paused);
  EXPECT_FALSE(press(0, window::Key::escape));
  EXPECT_FALSE(press('q'));
}

TEST_F(TrainedModel, TheMouseDrawsOnThePadAndTheKeyCClearsIt) {
  using Kind = window::Event::Kind;
  Scene viewed = scene();
  const Layout layout = layout_for(1280, 800);
  const auto mouse = [&](Kind kind, double x, double y) {
    viewed.handle({.kind = kind,
                   .x = layout.pad.x + x * layout.pad.width,
                   .y = layout.pad.y + y * layout.pad.height,
                   .left_held = true},
                  layout);
  };
  const Tensor before = viewed.picture();
  mouse(Kind::mouse_down, 0.5, 0.2);
  mouse(Kind::mouse_move, 0.5, 0.8);
  mouse(Kind::mouse_up, 0.5, 0.8);
  mouse(Kind::mouse_move, 0.9, 0.9);
  ASSERT_EQ(viewed.pad().strokes().size(), 1u);
  EXPECT_EQ(viewed.pad().strokes()[0].size(), 2u);
  EXPECT_EQ(viewed.answer().best, 1);
  viewed.handle({.character = 'c'}, layout);
  EXPECT_TRUE(viewed.pad().empty());
  EXPECT_EQ(viewed.picture(), before);
}

TEST_F(TrainedModel, AClickOnAMistakeShowsIt) {
  Scene viewed = scene();
  const Layout layout = layout_for(1280, 800);
  const Area second = mistake_tiles(layout).square(1);
  viewed.handle({.kind = window::Event::Kind::mouse_down, .x = second.x + 5, .y = second.y + 5, .left_held = true},
                layout);
  EXPECT_EQ(viewed.digit(), viewed.snapshot().insight->mistakes[1].image);
}

TEST_F(TrainedModel, NothingIsDrawnOutsideThePageFromSmallToFourK) {
  const Scene viewed = scene();
  for (const auto& [width, height] : {std::pair{800.0, 600.0}, {1280.0, 800.0}, {1422.0, 800.0}, {1000.0, 1400.0}}) {
    for (const plot::DisplayList::Item& item : draw(viewed, width, height).items)
      if (const auto* image = std::get_if<plot::Image>(&item)) {
        EXPECT_GE(image->x, 0);
        EXPECT_LE(image->x + image->width, width + 1e-9) << width << " x " << height;
        EXPECT_LE(image->y + image->height, height + 1e-9) << width << " x " << height;
        EXPECT_GT(image->width, 4) << width << " x " << height;
      } else if (const auto* text = std::get_if<plot::Text>(&item); text != nullptr && !text->upwards) {
        const double reach = plot::text_width(text->text, text->size, text->bold);
        const double right = text->baseline.x + (text->anchor == plot::Text::Anchor::start    ? reach
                                                 : text->anchor == plot::Text::Anchor::middle ? reach / 2
                                                                                              : 0);
        EXPECT_LE(right, width) << text->text << " at " << width << " x " << height;
      }
  }
}

TEST(DemoModel, SameSeedSameNumbers) {
  const data::Digits digits = few_digits(320, 50);
  const auto losses = [&](std::uint64_t seed) {
    DemoModel model(digits, quick_recipe(2), seed);
    while (!model.done()) model.step();
    return model.snapshot().losses;
  };
  const std::vector<double> first = losses(5);
  EXPECT_EQ(first, losses(5));
  EXPECT_NE(first, losses(6));
}

TEST(DemoModel, CanBeFinishedAtAnyMoment) {
  const data::Digits digits = few_digits(320, 50);
  DemoModel model(digits, quick_recipe(5), 1);
  model.step();
  model.finish();
  EXPECT_TRUE(model.done());
  EXPECT_TRUE(model.snapshot().done);
}

TEST(TrainingThread, TrainsUntilPausedAndGoesOn) {
  const data::Digits digits = few_digits(640, 50);
  TrainingThread training(digits, quick_recipe(1000), 1);
  const auto wait_for_step_after = [&](int step) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (training.latest()->progress.step <= step && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return training.latest()->progress.step > step;
  };
  ASSERT_TRUE(wait_for_step_after(0));
  training.pause(true);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const int paused_at = training.latest()->progress.step;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(training.latest()->progress.step, paused_at);
  training.pause(false);
  EXPECT_TRUE(wait_for_step_after(paused_at));
}

TEST(TrainingThread, HandsItsTroublesToWhoeverLooks) {
  const data::Digits digits = few_digits(320, 50);
  nn::Recipe recipe = quick_recipe(50);
  recipe.options.schedule = nn::ConstantSchedule{.learning_rate = 1e6};
  TrainingThread training(digits, recipe, 1);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  const auto look_until_it_throws = [&] {
    while (std::chrono::steady_clock::now() < deadline && training.latest() != nullptr) std::this_thread::yield();
  };
  EXPECT_THROW(look_until_it_throws(), ValueError);
}

TEST(Shortened, FitsTheEpochsToTheTime) {
  const data::Digits digits = few_digits(640, 50);
  EXPECT_EQ(shortened(nn::best_lenet_recipe(), digits, 0).options.epochs, 1);
  EXPECT_EQ(shortened(nn::best_lenet_recipe(), digits, 1e6).options.epochs, nn::best_lenet_recipe().options.epochs);
}

/// The pixels from the first with ink to the last, and the centre of mass.
struct Extent {
  int left = 28, right = -1, top = 28, bottom = -1;
  double x = 0, y = 0;
};
Extent extent(const Tensor& picture) {
  Extent found;
  double mass = 0;
  for (const auto [n, c, y, x] : picture.indices()) {
    const double ink = picture(n, c, y, x);
    if (ink > 0.01) {
      found.left = std::min(found.left, x), found.right = std::max(found.right, x);
      found.top = std::min(found.top, y), found.bottom = std::max(found.bottom, y);
    }
    mass += ink;
    found.x += ink * (x + 0.5);
    found.y += ink * (y + 0.5);
  }
  found.x /= mass;
  found.y /= mass;
  return found;
}

TEST(Rasterised, AnEmptySheetIsAllPaper) {
  for (const float ink : rasterised({}, Framing::as_mnist)) EXPECT_EQ(ink, 0);
}

TEST(Rasterised, MnistFramingPutsTheCentreOfMassInTheMiddleOfTwentyPixels) {
  const std::vector<Stroke> seven_in_a_corner{{{0.05, 0.05}, {0.25, 0.05}, {0.1, 0.4}}};
  const Extent found = extent(rasterised(seven_in_a_corner, Framing::as_mnist));
  EXPECT_NEAR(found.x, 14, 0.1);
  EXPECT_NEAR(found.y, 14, 0.1);
  EXPECT_NEAR(found.bottom - found.top + 1, 20, 2);
}

TEST(Rasterised, MnistFramingDoesNotMindSizeAndPlace) {
  const std::vector<Stroke> large{{{0.1, 0.1}, {0.9, 0.1}, {0.5, 0.9}}};
  std::vector<Stroke> small = large;
  for (plot::Point& point : small[0]) point = {0.6 + 0.3 * point.x, 0.1 + 0.3 * point.y};
  const Tensor a = rasterised(large, Framing::as_mnist), b = rasterised(small, Framing::as_mnist);
  for (std::ptrdiff_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-5);
}

TEST(Rasterised, AsDrawnStaysWhereItWasDrawn) {
  const Extent found = extent(rasterised({{{0.25, 0.25}, {0.25, 0.3}}}, Framing::as_drawn));
  EXPECT_NEAR(found.x, 7, 0.6);
  EXPECT_LT(found.bottom, 12);
}

TEST(Rasterised, ADotStaysADot) {
  const Extent found = extent(rasterised({{{0.9, 0.9}}}, Framing::as_mnist));
  EXPECT_LE(found.right - found.left, 4);
}

TEST(Tiles, FitTheirAreaAndDoNotOverlap) {
  const Area area{10, 20, 300, 100};
  const Tiles tiles(area, 84);
  for (int i = 0; i < 84; ++i) {
    const Area square = tiles.square(i);
    EXPECT_GE(square.x, area.x);
    EXPECT_LE(square.x + square.width, area.x + area.width);
    EXPECT_LE(square.y + square.height, area.y + area.height);
    EXPECT_EQ(tiles.at(square.x + 1, square.y + 1), i);
  }
}

}  // namespace
}  // namespace handbuilt::lessons::convnet
