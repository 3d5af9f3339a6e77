// k-means by dlib on the rows that k_means.py wrote: 20 iterations, one thread. Prints "dlib MILLISECONDS INERTIA".
#include <dlib/clustering.h>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <vector>

using Row = dlib::matrix<float, 0, 1>;

int main(int count, char** words) {
  std::ifstream file(count == 2 ? words[1] : "", std::ios::binary);
  std::int64_t sizes[3] = {};
  file.read(reinterpret_cast<char*>(sizes), sizeof sizes);
  const auto read = [&](std::int64_t rows) {
    std::vector<Row> all(static_cast<std::size_t>(rows), Row(sizes[1]));
    for (Row& row : all)
      file.read(reinterpret_cast<char*>(&row(0)), sizes[1] * static_cast<std::int64_t>(sizeof(float)));
    return all;
  };
  if (!file) return 2;
  const std::vector<Row> rows = read(sizes[0]);
  std::vector<Row> centroids = read(sizes[2]);
  if (!file) return 2;
  const std::clock_t start = std::clock();
  dlib::find_clusters_using_kmeans(rows, centroids, 20);
  const double milliseconds = 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  double inertia = 0;
  for (const Row& row : rows)
    inertia += static_cast<double>(dlib::length_squared(row - centroids[dlib::nearest_center(centroids, row)]));
  std::printf("dlib %f %f\n", milliseconds, inertia);
}
