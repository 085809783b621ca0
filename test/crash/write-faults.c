/*
 * Stands between a program and its disk: preloaded (LD_PRELOAD) into a till or a centre under test,
 * compiled by fault-library.ts. Linux only. It counts every call that changes a file below one folder
 * (and, where asked, every write to a socket), and at a chosen number
 *
 *   kills the process before the call, or after half of it        (kill -9 at write call N)
 *   lets this and every later call fail with a chosen error       (disk full, read-only, bad disk)
 *
 * or writes down everything that happens, so that the state of the disk after a power cut can be made
 * again later: which bytes were written when, and what was synced (power-loss.ts).
 *
 * WRITE_FAULTS_CONTROL  file of eight 64-bit numbers, shared with the test: see struct control
 * WRITE_FAULTS_FOLDER   absolute path without a final slash
 * WRITE_FAULTS_RECORD   file to write down calls in; absent: nothing is written down
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct control {
  volatile uint64_t calls;       /* counted so far */
  volatile uint64_t kill_at;     /* this call is the last one; 0: never */
  volatile uint64_t is_torn;     /* half of that call still happens */
  volatile uint64_t fail_from;   /* this call and later ones fail; 0: never */
  volatile uint64_t fail_errno;
  volatile uint64_t has_sockets; /* writes to sockets are counted, too */
  volatile uint64_t failures;    /* calls that were made to fail */
  volatile uint64_t unused;
};

enum { vectors_max = 64, path_max = 4096 };
enum kind { unwatched, on_disk, on_socket, on_stdout };

static struct control *control;
static const char *folder;
static size_t folder_length;
static int record = -1;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("WRITE_FAULTS_CONTROL");
  const char *record_file = getenv("WRITE_FAULTS_RECORD");
  folder = getenv("WRITE_FAULTS_FOLDER");
  /* Programs started by this one are not part of the test. */
  unsetenv("LD_PRELOAD");
  if (file == NULL || folder == NULL) return;
  folder_length = strlen(folder);
  int descriptor = open(file, O_RDWR | O_CLOEXEC);
  void *shared = descriptor < 0 ? MAP_FAILED
                                : mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE,
                                       MAP_SHARED, descriptor, 0);
  if (record_file != NULL) {
    record = open(record_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  if (shared == MAP_FAILED || (record_file != NULL && record < 0)) {
    perror("write-faults");
    _exit(99);
  }
  control = shared;
}

static int is_below(const char *path) {
  return strncmp(path, folder, folder_length) == 0 &&
         (path[folder_length] == '/' || path[folder_length] == '\0');
}

static int path_of(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, path_max - 1);
  if (length < 0) return -1;
  path[length] = '\0';
  return 0;
}

static enum kind kind_of(int descriptor, struct stat *status, char *path) {
  if (control == NULL || fstat(descriptor, status) != 0) return unwatched;
  if (S_ISSOCK(status->st_mode)) return control->has_sockets || record >= 0 ? on_socket : unwatched;
  if (descriptor == 1 && record >= 0) return on_stdout;
  if (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)) return unwatched;
  return path_of(descriptor, path) == 0 && is_below(path) ? on_disk : unwatched;
}

/* One call: a line of its facts, then `length` bytes of its data and a line feed. */
static void note(const char *call, uint64_t inode, int64_t offset, const struct iovec *data,
                 int count, const char *path) {
  if (record < 0) return;
  size_t length = 0;
  for (int index = 0; index < count; index++) length += data[index].iov_len;
  char head[path_max + 128];
  int head_length = snprintf(head, sizeof head, "%s %llu %lld %zu %s\n", call,
                             (unsigned long long)inode, (long long)offset, length, path);
  syscall(SYS_write, record, head, head_length);
  for (int index = 0; index < count; index++) {
    syscall(SYS_write, record, data[index].iov_base, data[index].iov_len);
  }
  syscall(SYS_write, record, "\n", 1);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

enum fate { happens, fails, dies, dies_half_way };

/* Counts one call. With `fails`, errno is set. */
static enum fate next_call(void) {
  uint64_t call = __atomic_add_fetch(&control->calls, 1, __ATOMIC_SEQ_CST);
  if (control->kill_at != 0 && call >= control->kill_at) {
    return control->is_torn ? dies_half_way : dies;
  }
  if (control->fail_from != 0 && call >= control->fail_from) {
    __atomic_add_fetch(&control->failures, 1, __ATOMIC_SEQ_CST);
    errno = (int)control->fail_errno;
    return fails;
  }
  return happens;
}

static ssize_t really_write(int descriptor, const struct iovec *data, int count, off_t offset) {
  if (offset < 0) return syscall(SYS_writev, descriptor, data, count);
  return syscall(SYS_pwritev, descriptor, data, count, offset, 0);
}

static void write_half(int descriptor, const struct iovec *data, off_t offset) {
  struct iovec half = {data[0].iov_base, data[0].iov_len / 2};
  if (half.iov_len > 0) really_write(descriptor, &half, 1, offset);
}

static ssize_t put(int descriptor, const struct iovec *data, int count, off_t offset) {
  struct stat status;
  char path[path_max];
  int before = errno;
  enum kind kind = kind_of(descriptor, &status, path);
  errno = before;
  if (kind == unwatched || count > vectors_max) {
    return really_write(descriptor, data, count, offset);
  }
  pthread_mutex_lock(&order);
  ssize_t written = -1;
  enum fate fate = happens;
  if (kind == on_disk || (kind == on_socket && control->has_sockets)) fate = next_call();
  if (fate == dies) die();
  if (fate == dies_half_way) {
    write_half(descriptor, data, offset);
    die();
  }
  if (fate == happens) {
    int64_t at = offset;
    if (kind == on_disk && offset < 0) {
      int flags = fcntl(descriptor, F_GETFL);
      at = flags >= 0 && (flags & O_APPEND) ? status.st_size : lseek(descriptor, 0, SEEK_CUR);
    }
    if (kind == on_disk) note("write", status.st_ino, at, data, count, path);
    if (kind == on_stdout) note("say", 0, 0, data, count, "-");
    if (kind == on_socket) note("send", 0, 0, data, count, "-");
    written = really_write(descriptor, data, count, offset);
  }
  int after = errno;
  pthread_mutex_unlock(&order);
  errno = after;
  return written;
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
  struct iovec data = {(void *)bytes, length};
  return put(descriptor, &data, 1, -1);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
  struct iovec data = {(void *)bytes, length};
  return put(descriptor, &data, 1, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
  return pwrite(descriptor, bytes, length, offset);
}

ssize_t writev(int descriptor, const struct iovec *data, int count) {
  return put(descriptor, data, count, -1);
}

ssize_t pwritev(int descriptor, const struct iovec *data, int count, off_t offset) {
  return put(descriptor, data, count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *data, int count, off64_t offset) {
  return put(descriptor, data, count, offset);
}

static int change(const char *call, int descriptor, int number, int64_t argument) {
  struct stat status;
  char path[path_max];
  enum kind kind = kind_of(descriptor, &status, path);
  if (kind == on_disk) {
    pthread_mutex_lock(&order);
    enum fate fate = next_call();
    if (fate == dies || fate == dies_half_way) die();
    if (fate == happens) note(call, status.st_ino, argument, NULL, 0, path);
    pthread_mutex_unlock(&order);
    if (fate == fails) return -1;
  }
  return number == SYS_ftruncate ? (int)syscall(number, descriptor, argument)
                                 : (int)syscall(number, descriptor);
}

int fsync(int descriptor) { return change("sync", descriptor, SYS_fsync, 0); }
int fdatasync(int descriptor) { return change("sync", descriptor, SYS_fdatasync, 0); }

int ftruncate(int descriptor, off_t length) {
  return change("truncate", descriptor, SYS_ftruncate, length);
}
int ftruncate64(int descriptor, off64_t length) { return ftruncate(descriptor, length); }

/* For calls on names. @returns whether the call may happen; errno is set where not. */
static int may_change_name(const char *call, const char *path, const char *second) {
  if (control == NULL || !is_below(path)) return 1;
  struct stat status;
  int exists = lstat(path, &status) == 0;
  /* Refused by the system in any case: nothing is written. */
  if (exists == (strcmp(call, "mkdir") == 0)) return 1;
  uint64_t inode = exists ? status.st_ino : 0;
  pthread_mutex_lock(&order);
  enum fate fate = next_call();
  if (fate == dies || fate == dies_half_way) die();
  struct iovec data = {(void *)second, second == NULL ? 0 : strlen(second)};
  if (fate == happens) note(call, inode, 0, &data, second == NULL ? 0 : 1, path);
  int after = errno;
  pthread_mutex_unlock(&order);
  errno = after;
  return fate == happens;
}

int unlink(const char *path) {
  if (!may_change_name("unlink", path, NULL)) return -1;
  return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int rename(const char *from, const char *to) {
  if (!may_change_name("rename", from, to)) return -1;
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkdir(const char *path, mode_t mode) {
  if (!may_change_name("mkdir", path, NULL)) return -1;
  return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

static int open_file(const char *path, int flags, mode_t mode) {
  if (control == NULL || !is_below(path)) {
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  }
  int is_new = (flags & O_CREAT) != 0 && access(path, F_OK) != 0;
  int is_emptied = (flags & O_TRUNC) != 0;
  int is_for_writing = (flags & O_ACCMODE) != O_RDONLY;
  if (is_new || is_emptied) {
    pthread_mutex_lock(&order);
    enum fate fate = next_call();
    if (fate == dies || fate == dies_half_way) die();
    int descriptor =
        fate == happens ? (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode) : -1;
    int after = errno;
    struct stat status;
    if (descriptor >= 0 && fstat(descriptor, &status) == 0) {
      note(is_new ? "create" : "truncate", status.st_ino, 0, NULL, 0, path);
    }
    pthread_mutex_unlock(&order);
    errno = after;
    return descriptor;
  }
  /* On a disk that has become read-only, nothing is opened for writing any more. */
  if (is_for_writing && control->fail_from != 0 && control->fail_errno == EROFS &&
      control->calls + 1 >= control->fail_from) {
    errno = EROFS;
    return -1;
  }
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_file(path, flags, mode);
}
