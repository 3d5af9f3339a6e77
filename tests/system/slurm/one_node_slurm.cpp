#include "system/slurm/one_node_slurm.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <stdexcept>
#include <thread>

#include "core/descriptor.hpp"
#include "core/file.hpp"
#include "grader/course/process.hpp"

namespace handbuilt::test {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using grader::capture;
using grader::Captured;

constexpr auto kLongestStart = std::chrono::seconds(30);
constexpr auto kLongestStop = std::chrono::seconds(5);
constexpr std::size_t kKeyBytes = 128;

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "localhost";
  const std::string whole = name.data();
  return whole.substr(0, whole.find('.'));
}

std::string user_name() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry == nullptr ? "root" : entry->pw_name;
}

/// A TCP port that nobody listens on at this moment.
int free_port() {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), length) != 0 ||
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length) != 0)
    throw std::runtime_error("no free port on 127.0.0.1");
  return ntohs(address.sin_port);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

/// Debian has daemons in /usr/sbin, which a user's PATH may lack.
std::string daemon_path(const std::string& name) {
  for (const char* folder : {"/usr/sbin/", "/usr/bin/"})
    if (::access((folder + name).c_str(), X_OK) == 0) return folder + name;
  return "";
}

std::string end_of(const fs::path& file) {
  const std::string text = fs::exists(file) ? read_file(file) : "";
  return file.filename().string() + ":\n" + text.substr(text.size() - std::min<std::size_t>(text.size(), 1500)) + "\n";
}

}  // namespace

std::string OneNodeSlurm::why_not() {
  for (const char* name : {"munged", "slurmctld", "slurmd"})
    if (daemon_path(name).empty()) return std::string(name) + " is not installed: apt-get install -y slurm-wlm munge";
  for (const char* name : {"sbatch", "squeue", "scancel", "sinfo"})
    if (!grader::is_program(name)) return std::string(name) + " is not installed: apt-get install -y slurm-wlm";
  if (::getuid() != 0) return "slurmd starts jobs only as root";
  return "";
}

OneNodeSlurm::OneNodeSlurm() {
  try {
    write_files();
    ::setenv("SLURM_CONF", (folder_ / "slurm.conf").c_str(), 1);
    start({daemon_path("munged"), "--foreground", "--force", "--socket=" + (folder_ / "munge.socket").string(),
           "--key-file=" + (folder_ / "munge.key").string(), "--pid-file=" + (folder_ / "munged.pid").string(),
           "--log-file=" + (folder_ / "munged.log").string(), "--seed-file=" + (folder_ / "munged.seed").string(),
           "--num-threads=2"});
    const auto give_up = Clock::now() + kLongestStart;
    while (!fs::exists(folder_ / "munge.socket") && Clock::now() < give_up)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    start({daemon_path("slurmctld"), "-D", "-c"});
    start({daemon_path("slurmd"), "-D"});
    wait_until_up();
  } catch (...) {
    stop();
    throw;
  }
}

OneNodeSlurm::~OneNodeSlurm() { stop(); }

void OneNodeSlurm::write_files() {
  ::chmod(folder_.path().c_str(), 0755);
  for (const char* name : {"state", "spool"}) fs::create_directory(folder_ / name);
  std::random_device device;
  std::string key;
  for (std::size_t i = 0; i < kKeyBytes; ++i) key += static_cast<char>(device());
  write_file(folder_ / "munge.key", key);
  fs::permissions(folder_ / "munge.key", fs::perms::owner_read);
  std::string config = read_file(fs::path(HANDBUILT_SOURCE_DIR) / "tests/system/slurm/slurm.conf");
  const int controller = free_port();
  int node = free_port();
  while (node == controller) node = free_port();
  config = replaced(config, "CONTROLLER_PORT", std::to_string(controller));
  config = replaced(config, "NODE_PORT", std::to_string(node));
  config = replaced(config, "=USER", "=" + user_name());
  config = replaced(config, "CORES", std::to_string(std::max(1U, std::thread::hardware_concurrency())));
  config = replaced(config, "FOLDER", folder_.path().string());
  config = replaced(config, "HOST", host_name());
  config = replaced(config, "Slurmctld" + host_name(), "SlurmctldHost");
  write_file(folder_ / "slurm.conf", config);
}

void OneNodeSlurm::start(const std::vector<std::string>& words) {
  const std::string log = (folder_ / (fs::path(words.front()).filename().string() + ".out")).string();
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot start " + words.front());
  if (child == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // also when the test is killed
    if (::getppid() != parent) ::_exit(1);
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    try {
      grader::become({words, folder_.path(), {}});
    } catch (...) {
      ::_exit(127);
    }
  }
  ::setpgid(child, child);
  daemons_.push_back(child);
}

void OneNodeSlurm::wait_until_up() {
  const auto give_up = Clock::now() + kLongestStart;
  while (Clock::now() < give_up) {
    const Captured state = capture({{"sinfo", "--noheader", "--format=%T"}, {}, {}});
    if (state.exit_code == 0 && state.output.starts_with("idle")) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  throw std::runtime_error("Slurm did not come up\n" + logs());
}

std::string OneNodeSlurm::logs() const {
  std::string text;
  for (const char* name : {"munged.out", "munged.log", "slurmctld.out", "slurmctld.log", "slurmd.out", "slurmd.log"})
    text += end_of(folder_ / name);
  return text;
}

void OneNodeSlurm::stop() {
  capture({{"scancel", "--full", "--signal=KILL", "--user=" + user_name()}, {}, {}});
  for (auto daemon = daemons_.rbegin(); daemon != daemons_.rend(); ++daemon) {
    ::kill(*daemon, SIGTERM);
    const auto give_up = Clock::now() + kLongestStop;
    while (::waitpid(*daemon, nullptr, WNOHANG) == 0 && Clock::now() < give_up)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ::kill(-*daemon, SIGKILL);
    ::kill(*daemon, SIGKILL);
    ::waitpid(*daemon, nullptr, 0);
  }
  daemons_.clear();
  ::unsetenv("SLURM_CONF");
}

}  // namespace handbuilt::test
