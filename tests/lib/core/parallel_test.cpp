#include "core/parallel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/message_of.hpp"

namespace handbuilt {
namespace {

using ::testing::Each;

struct Slice {
  int begin = 0, end = 0;
  bool operator==(const Slice&) const = default;
};

/// The slice each worker got; an empty one for a worker that was not called.
std::vector<Slice> slices_of(Workers& workers, int size) {
  std::vector<Slice> slices(static_cast<std::size_t>(workers.count()));
  workers.parallel_for(size, [&](int begin, int end, int worker) {
    slices[static_cast<std::size_t>(worker)] = {begin, end};
  });
  return slices;
}

TEST(Workers, VisitEveryIndexExactlyOnce) {
  for (int threads = 1; threads <= 4; ++threads) {
    Workers workers(threads);
    for (int size = 0; size <= 100; ++size) {
      std::vector<int> visits(static_cast<std::size_t>(size));
      workers.parallel_for(size, [&](int begin, int end, int) {
        for (int i = begin; i < end; ++i) ++visits[static_cast<std::size_t>(i)];
      });
      EXPECT_THAT(visits, Each(1)) << size << " items, " << threads << " threads";
    }
  }
}

TEST(Workers, GiveTheSameSlicesEveryTime) {
  Workers first(3), second(3);
  for (int size = 0; size <= 50; ++size) {
    const std::vector<Slice> slices = slices_of(first, size);
    EXPECT_EQ(slices_of(first, size), slices);
    EXPECT_EQ(slices_of(second, size), slices);
  }
}

TEST(Workers, ShareSlicesWhoseSizesDifferByOneAtMost) {
  Workers workers(4);
  for (int size = 4; size <= 50; ++size)
    for (const Slice& slice : slices_of(workers, size)) {
      EXPECT_GE(slice.end - slice.begin, size / 4);
      EXPECT_LE(slice.end - slice.begin, size / 4 + 1);
    }
}

TEST(Workers, CallNoBodyForNoItems) {
  Workers workers(2);
  for (const int size : {0, -1, -100})
    workers.parallel_for(size, [](int, int, int) { ADD_FAILURE() << "called without an item"; });
  EXPECT_EQ(workers.count(), 2);
}

TEST(Workers, AloneWorkOnTheCallingThread) {
  Workers workers(1);
  std::thread::id worked_on;
  workers.parallel_for(10, [&](int, int, int) { worked_on = std::this_thread::get_id(); });
  EXPECT_EQ(worked_on, std::this_thread::get_id());
}

TEST(Workers, RunEachSliceOnAThreadOfItsOwn) {
  Workers workers(3);
  std::vector<std::thread::id> ids(3);
  workers.parallel_for(
      3, [&](int, int, int worker) { ids[static_cast<std::size_t>(worker)] = std::this_thread::get_id(); });
  EXPECT_EQ(ids[0], std::this_thread::get_id());
  EXPECT_NE(ids[1], ids[0]);
  EXPECT_NE(ids[2], ids[0]);
  EXPECT_NE(ids[2], ids[1]);
}

TEST(Workers, RethrowTheExceptionOfTheLowestSlice) {
  Workers workers(4);
  const auto fail_from = [&](int first_failing) {
    return test::message_of<std::runtime_error>([&] {
      workers.parallel_for(4, [&](int, int, int worker) {
        if (worker >= first_failing) throw std::runtime_error("slice " + std::to_string(worker));
      });
    });
  };
  EXPECT_EQ(fail_from(0), "slice 0");
  EXPECT_EQ(fail_from(2), "slice 2");
}

TEST(Workers, FinishTheOtherSlicesWhenOneThrows) {
  Workers workers(4);
  std::vector<int> visits(4);
  EXPECT_THROW(workers.parallel_for(4,
                                    [&](int, int, int worker) {
                                      ++visits[static_cast<std::size_t>(worker)];
                                      if (worker == 1) throw std::runtime_error("no");
                                    }),
               std::runtime_error);
  EXPECT_THAT(visits, Each(1));
}

TEST(Workers, WorkOnAfterAnException) {
  Workers workers(2);
  EXPECT_THROW(workers.parallel_for(2, [](int, int, int) { throw std::runtime_error("no"); }), std::runtime_error);
  EXPECT_EQ(slices_of(workers, 2), (std::vector<Slice>{{0, 1}, {1, 2}}));
}

TEST(Workers, KeepTheirCountThroughManyRounds) {
  Workers workers(4);
  std::vector<int> totals(4);
  for (int round = 0; round < 2000; ++round)
    workers.parallel_for(
        4, [&](int begin, int end, int worker) { totals[static_cast<std::size_t>(worker)] += end - begin; });
  EXPECT_THAT(totals, Each(2000));
}

TEST(Workers, TakeOneThreadACoreUnlessTold) {
  EXPECT_GE(core_count(), 1);
  EXPECT_EQ(Workers().count(), core_count());
  EXPECT_EQ(Workers(-3).count(), core_count());
}

TEST(Workers, TakeABodyThatChangesItself) {
  Workers workers(1);
  int calls = 0;
  auto body = [calls, &seen = calls](int, int, int) mutable { seen = ++calls; };
  workers.parallel_for(1, body);
  workers.parallel_for(1, body);
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace handbuilt
