/* Counts the calls by which a process changes the files below a directory, and stops the process at one of them:
 * before the call is made the process is killed, or the call fails as on a full or broken disk.
 *
 *   STOP_UNDER   the directory, without links
 *   STOP_COUNT   a file of four bytes: the count, shared by all processes
 *   STOP_LOG     where each call is noted, a line each: its name and its path
 *   STOP_AT      the call that does not come about, from 1; 0: none
 *   STOP_HOW     0: the process is killed; else the number of an error
 *   STOP_ON      set: every call from that one on fails
 *   STOP_ALL     set: the processes that it starts count too, and its whole process group is killed
 *   STOP_CLOSED  a path that nobody may open or list
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *under, *closed;
static size_t under_length;
static atomic_uint *count;
static int note = -1;
static unsigned at;
static int how, on, all;

static int plain_open(const char *path, int flags) { return syscall(SYS_openat, AT_FDCWD, path, flags, 0); }

__attribute__((constructor)) static void begin(void)
{
    const char *word = getenv("STOP_COUNT");
    closed = getenv("STOP_CLOSED");
    under = getenv("STOP_UNDER");
    on = getenv("STOP_ON") != NULL;
    all = getenv("STOP_ALL") != NULL;
    at = (word = getenv("STOP_AT")) ? strtoul(word, NULL, 10) : 0;
    how = (word = getenv("STOP_HOW")) ? atoi(word) : 0;
    if (under && (word = getenv("STOP_COUNT"))) {
        int file = plain_open(word, O_RDWR | O_CLOEXEC);
        void *map = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        count = map == MAP_FAILED ? NULL : map;
        close(file);
        under_length = strlen(under);
    }
    if ((word = getenv("STOP_LOG")))
        note = plain_open(word, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (!all)
        unsetenv("LD_PRELOAD");
}

/* The path as it is meant, from the root. */
static void whole(char *to, size_t size, int directory, const char *path)
{
    char link[64];
    ssize_t length = 0;
    if (path && path[0] == '/') {
        snprintf(to, size, "%s", path);
        return;
    }
    if (directory == AT_FDCWD)
        snprintf(link, sizeof link, "/proc/self/cwd");
    else
        snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    length = syscall(SYS_readlinkat, AT_FDCWD, link, to, size - 1);
    to[length > 0 ? length : 0] = 0;
    if (path && length > 0)
        snprintf(to + length, size - length, "/%s", path);
}

static int is_under(const char *path)
{
    return !strncmp(path, under, under_length) && (path[under_length] == '/' || !path[under_length]);
}

/* Whether the call may be made; errno says why not. */
static int may(const char *name, int directory, const char *path)
{
    char place[4096], line[4200];
    int saved = errno;
    if (!count)
        return 1;
    whole(place, sizeof place, directory, path);
    if (!is_under(place))
        return errno = saved, 1;
    if (note >= 0) {
        int length = snprintf(line, sizeof line, "%s %s\n", name, place[under_length] ? place + under_length + 1 : ".");
        syscall(SYS_write, note, line, length);
    }
    unsigned now = atomic_fetch_add(count, 1) + 1;
    if (at && (now == at || (on && now > at))) {
        if (!how) {
            kill(all ? 0 : getpid(), SIGKILL);
            for (;;)
                pause();
        }
        errno = how;
        return 0;
    }
    return errno = saved, 1;
}

static int may_open(int directory, const char *path)
{
    char place[4096];
    if (!closed)
        return 1;
    whole(place, sizeof place, directory, path);
    if (strcmp(place, closed))
        return 1;
    errno = EACCES;
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPEN(name)                                                                       \
    int name(const char *path, int flags, ...)                                           \
    {                                                                                    \
        va_list rest;                                                                    \
        va_start(rest, flags);                                                           \
        mode_t mode = va_arg(rest, mode_t);                                              \
        va_end(rest);                                                                    \
        if (!may_open(AT_FDCWD, path))                                                   \
            return -1;                                                                   \
        if (flags & (O_CREAT | O_TRUNC) && !may("open", AT_FDCWD, path))                 \
            return -1;                                                                   \
        return REAL(name)(path, flags, mode);                                            \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                     \
    int name(int directory, const char *path, int flags, ...)                            \
    {                                                                                    \
        va_list rest;                                                                    \
        va_start(rest, flags);                                                           \
        mode_t mode = va_arg(rest, mode_t);                                              \
        va_end(rest);                                                                    \
        if (!may_open(directory, path))                                                  \
            return -1;                                                                   \
        if (flags & (O_CREAT | O_TRUNC) && !may("open", directory, path))                \
            return -1;                                                                   \
        return REAL(name)(directory, path, flags, mode);                                 \
    }
OPENAT(openat)
OPENAT(openat64)

#ifdef SYS_openat2
/* The C library has no function for openat2. */
long syscall(long number, ...)
{
    static __typeof__(&syscall) real;
    long words[6];
    va_list rest;
    va_start(rest, number);
    for (int i = 0; i < 6; i++)
        words[i] = va_arg(rest, long);
    va_end(rest);
    if (number == SYS_openat2 && !may_open(words[0], (const char *)words[1]))
        return -1;
    if (!real)
        real = REAL(syscall);
    return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}
#endif

DIR *opendir(const char *path) { return may_open(AT_FDCWD, path) ? REAL(opendir)(path) : NULL; }

#define ON_FILE(type, name, parameters, file, ...)                                       \
    type name parameters { return may(#name, file, NULL) ? REAL(name)(__VA_ARGS__) : -1; }
#define ON_PATH(type, name, parameters, directory, path, ...)                            \
    type name parameters { return may(plain(#name), directory, path) ? REAL(name)(__VA_ARGS__) : -1; }

/* The call's name without what only says how the path is given: `rename` of `renameat2`. */
static const char *plain(const char *name)
{
    static const char *const named[] = {"rename", "unlink", "mkdir", "link", "symlink"};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        size_t length = strlen(named[i]);
        if (!strncmp(name, named[i], length) && (!strcmp(name + length, "at") || !strcmp(name + length, "at2")))
            return named[i];
    }
    return name;
}

ON_FILE(ssize_t, write, (int file, const void *bytes, size_t size), file, file, bytes, size)
ON_FILE(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t from), file, file, bytes, size, from)
ON_FILE(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t from), file, file, bytes, size, from)
ON_FILE(ssize_t, writev, (int file, const struct iovec *parts, int number), file, file, parts, number)
ON_FILE(int, fsync, (int file), file, file)
ON_FILE(int, fdatasync, (int file), file, file)
ON_FILE(int, ftruncate, (int file, off_t size), file, file, size)
ON_FILE(int, ftruncate64, (int file, off64_t size), file, file, size)
ON_FILE(int, fchmod, (int file, mode_t mode), file, file, mode)
ON_FILE(int, futimens, (int file, const struct timespec times[2]), file, file, times)
ON_FILE(ssize_t, sendfile, (int to, int from, off_t *at_byte, size_t size), to, to, from, at_byte, size)
ON_FILE(ssize_t, sendfile64, (int to, int from, off64_t *at_byte, size_t size), to, to, from, at_byte, size)
ON_FILE(ssize_t, copy_file_range,
        (int from, off64_t *from_byte, int to, off64_t *to_byte, size_t size, unsigned flags), to,
        from, from_byte, to, to_byte, size, flags)


ON_PATH(int, creat, (const char *path, mode_t mode), AT_FDCWD, path, path, mode)
ON_PATH(int, rename, (const char *old, const char *new), AT_FDCWD, new, old, new)
ON_PATH(int, renameat, (int from, const char *old, int to, const char *new), to, new, from, old, to, new)
ON_PATH(int, renameat2, (int from, const char *old, int to, const char *new, unsigned flags), to, new, from, old,
        to, new, flags)
ON_PATH(int, unlink, (const char *path), AT_FDCWD, path, path)
ON_PATH(int, unlinkat, (int directory, const char *path, int flags), directory, path, directory, path, flags)
ON_PATH(int, rmdir, (const char *path), AT_FDCWD, path, path)
ON_PATH(int, remove, (const char *path), AT_FDCWD, path, path)
ON_PATH(int, mkdir, (const char *path, mode_t mode), AT_FDCWD, path, path, mode)
ON_PATH(int, mkdirat, (int directory, const char *path, mode_t mode), directory, path, directory, path, mode)
ON_PATH(int, link, (const char *old, const char *new), AT_FDCWD, new, old, new)
ON_PATH(int, linkat, (int from, const char *old, int to, const char *new, int flags), to, new, from, old, to, new,
        flags)
ON_PATH(int, symlink, (const char *old, const char *new), AT_FDCWD, new, old, new)
ON_PATH(int, symlinkat, (const char *old, int to, const char *new), to, new, old, to, new)
ON_PATH(int, truncate, (const char *path, off_t size), AT_FDCWD, path, path, size)
ON_PATH(int, chmod, (const char *path, mode_t mode), AT_FDCWD, path, path, mode)
ON_PATH(int, fchmodat, (int directory, const char *path, mode_t mode, int flags), directory, path, directory, path,
        mode, flags)
ON_PATH(int, utimensat, (int directory, const char *path, const struct timespec times[2], int flags), directory,
        path, directory, path, times, flags)
ON_PATH(int, utimes, (const char *path, const struct timeval times[2]), AT_FDCWD, path, path, times)
