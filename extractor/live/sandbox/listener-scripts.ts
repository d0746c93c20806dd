/**
 * The kernel tells a listener of the calls that the filter refuses, and waits for its word. The listener has to come
 * from whoever takes the filter on, inside the room, and has to be read outside. Perl can make any system call, and
 * Debian is never without it.
 *
 * In the room: takes the filter on, hands the listener out on a socket, and becomes the command. Words: the numbers
 * of seccomp and sendmsg, the descriptors of the filter and of the socket, the command.
 */
export const LOAD = String.raw`
use strict;
my ($seccomp, $sendmsg, $from, $to) = map { $_ + 0 } splice @ARGV, 0, 4;
open(my $source, "<&=", $from) or die "seccomp: $!\n";
binmode $source;
my $filter = do { local $/; <$source> };
my $program = pack("Sx6P", length($filter) / 8, $filter);
# 8: with a listener; 32: a signal does not call back a call that the listener has heard of (Linux 5.19)
my $listener = syscall($seccomp, 1, 8 | 32, $program);
$listener = syscall($seccomp, 1, 8, $program) if $listener < 0;
die "seccomp: $!\n" if $listener < 0;
my $byte = "x";
my $bytes = pack("PQ", $byte, 1);
my $rights = pack("Qlllx4", 20, 1, 1, $listener);
my $message = pack("QLx4PQPQlx4", 0, 0, $bytes, 1, $rights, length $rights, 0);
syscall($sendmsg, $to, $message, 0) == 1 or die "seccomp: $!\n";
open(my $socket, "+<&=", $to);
close $socket;
close $source;
exec { $ARGV[0] } @ARGV or die "$ARGV[0]: $!\n";
`;

/**
 * Outside the room: starts what builds it, and refuses each call that the kernel asks about, with a note of it.
 * Signals and connections are noted where they lead out of the room, and go on. Words: the descriptor of the notes;
 * the numbers of recvmsg, connect, socket, socketpair, pidfd_open and pidfd_send_signal; those of the calls that send
 * signals, each with its name; the command, in which a word stands for the loader's socket.
 */
export const WATCH = String.raw`
use strict;
use Socket;
my ($notes, $recvmsg, $connect, $socket, $socketpair, $open, $send) = map { $_ + 0 } splice @ARGV, 0, 7;
my %signalling = map { split /:/ } split /,/, shift @ARGV;
my ($MOST_ROWS, $FLUSH, $IDLE, $MOST_TEXT) = (500, 0.05, 0.5, 200);
my ($RECEIVE, $SEND) = (0xC0502100, 0xC0182101);
my ($EPERM, $EAFNOSUPPORT, $CONTINUE) = (-1, -97, 1);
# descriptors above it are closed to programs that are started
$^F = 255;
open(my $out, "+>&=", $notes) or die "seccomp: $!\n";
socketpair(my $ours, my $theirs, AF_UNIX, SOCK_STREAM, 0) or die "seccomp: $!\n";
my $room = fork;
die "seccomp: $!\n" unless defined $room;
if ($room == 0) {
  close $out;
  close $ours;
  my $number = fileno $theirs;
  s/^\{listener\}$/$number/ for @ARGV;
  exec { $ARGV[0] } @ARGV or die "$ARGV[0]: $!\n";
}
close $theirs;
# what it was told at its end, as shells say it
sub over {
  return waitpid($room, 1) == $room ? ($? & 127 ? 128 + ($? & 127) : $? >> 8) : undef;
}
sub hears {
  my ($handle, $seconds) = @_;
  my $set = "";
  vec($set, fileno $handle, 1) = 1;
  return select($set, undef, undef, $seconds) > 0;
}
$SIG{CHLD} = sub { };
until (hears($ours, $IDLE)) {
  my $code = over();
  exit $code if defined $code;
}
my $byte = "\0";
my $bytes = pack("PQ", $byte, 1);
my $rights = "\0" x 24;
my $message = pack("QLx4PQPQlx4", 0, 0, $bytes, 1, $rights, length $rights, 0);
if (syscall($recvmsg, fileno $ours, $message, 0) != 1) {
  waitpid($room, 0);
  exit($? & 127 ? 128 + ($? & 127) : $? >> 8);
}
my (undef, undef, undef, $descriptor) = unpack("Qlll", $rights);
open(my $listener, "+<&=", $descriptor) or die "seccomp: $!\n";
my (%count, @rows, $isNew);
sub note {
  my ($row) = @_;
  $row = "more" if !exists $count{$row} && @rows >= $MOST_ROWS;
  push @rows, $row and $isNew = 1 unless exists $count{$row};
  $count{$row}++;
}
sub flush {
  my $text = join "", map { "$count{$_}\t$_\n" } @rows;
  sysseek($out, 0, 0);
  syswrite($out, $text);
  $isNew = 0;
}
# process 1 is ours, and so is whoever has no number there
sub isInRoom {
  my ($of, $to) = @_;
  return $to == 0 || abs($to) > 1 && -e "/proc/$of/root/proc/" . abs $to;
}
# a descriptor of a process that is none of the room's; -1 has ended
sub leadsOut {
  my ($of, $descriptor) = @_;
  open(my $about, "<", "/proc/$of/fdinfo/$descriptor") or return 0;
  my ($process) = map { /^Pid:\s+(-?\d+)/ ? $1 : () } <$about>;
  return 0 if !defined $process || $process == -1;
  open(my $status, "<", "/proc/$process/status") or return 1;
  return !grep { /^NSpid:\s+\d+\s+\d/ } <$status>;
}
sub unixSocket {
  my ($of, $at, $length) = @_;
  return undef if $length < 3 || $length > 110;
  open(my $memory, "<:raw", "/proc/$of/mem") or return undef;
  sysseek($memory, $at, 0);
  my $address = "";
  return undef unless sysread($memory, $address, $length) == $length && unpack("S", $address) == AF_UNIX;
  my $path = substr($address, 2);
  if ($path =~ s/^\0//) {
    # libuv says the whole of its buffer
    $path =~ s/\0+$//;
    open(my $table, "<", "/proc/$of/net/unix") or return undef;
    return (grep { index($_, "@" . $path) >= 0 } <$table>) ? undef : "@" . $path;
  }
  $path =~ s/\0.*//s;
  $path =~ s{^/var/run/}{/run/};
  return undef if $path eq "/run/nscd/socket";
  return -e ($path =~ m{^/} ? "/proc/$of/root$path" : "/proc/$of/cwd/$path") ? undef : $path;
}
sub answer {
  my $asked = "\0" x 80;
  # the call was given up
  ioctl($listener, $RECEIVE, $asked) or return select(undef, undef, undef, 0.02);
  my ($id, $of, undef, $number, undef, undef, @given) = unpack("QLLlLQQ6", $asked);
  my ($error, $flags) = ($EPERM, 0);
  my $first = unpack("l", pack("L", $given[0] & 0xffffffff));
  if (exists $signalling{$number}) {
    note("signal\t$first\t$signalling{$number}") unless isInRoom($of, $first);
    ($error, $flags) = (0, $CONTINUE);
  } elsif ($number == $open) {
    note("handle\t$first") unless isInRoom($of, $first);
    ($error, $flags) = (0, $CONTINUE);
  } elsif ($number == $send) {
    note("signal\t\tpidfd_send_signal") if leadsOut($of, $first);
    ($error, $flags) = (0, $CONTINUE);
  } elsif ($number == $connect) {
    my $path = unixSocket($of, $given[1], $given[2] & 0xffffffff);
    if (defined $path) {
      $path =~ s/[^\x20-\x7e]/?/g;
      note("unix\t" . substr($path, 0, $MOST_TEXT));
    }
    ($error, $flags) = (0, $CONTINUE);
  } elsif ($number == $socket || $number == $socketpair) {
    my $family = $first;
    $error = $EAFNOSUPPORT if $number == $socketpair || $family != AF_INET && $family != AF_INET6 && $family != 16;
    note("socket\t$family");
  } else {
    note("call\t$number");
  }
  ioctl($listener, $SEND, my $reply = pack("QqlL", $id, 0, $error, $flags));
}
my $isBehind = 0;
while (1) {
  if (hears($listener, $isBehind ? $FLUSH : $IDLE)) {
    answer();
    $isBehind = 1;
    flush() if $isNew;
  } elsif ($isBehind) {
    flush();
    $isBehind = 0;
  }
  my $code = over();
  next unless defined $code;
  flush();
  exit $code;
}
`;
