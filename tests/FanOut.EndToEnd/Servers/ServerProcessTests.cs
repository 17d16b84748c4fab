using System.Net;
using System.Net.Sockets;

namespace FanOut.EndToEnd.Servers;

public sealed class ServerProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_that_ends_before_it_listens_is_reported_with_its_exit_code_and_last_words()
    {
        ServerFailedException failure = await Assert.ThrowsAsync<ServerFailedException>(() => ServerProcess.StartAsync(
            "sh", ["-c", "echo starting; echo 'no room' >&2; exit 3"], FreePort.Pick(), cancellationToken: Cancellation));

        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("starting", failure.Output, StringComparison.Ordinal);
        Assert.Contains("no room", failure.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_last_lines_are_kept()
    {
        ServerFailedException failure = await Assert.ThrowsAsync<ServerFailedException>(() => ServerProcess.StartAsync(
            "sh", ["-c", "seq -f 'line %g' 100"], FreePort.Pick(), cancellationToken: Cancellation));

        Assert.Equal(Enumerable.Range(61, 40).Select(number => $"line {number}"), failure.Output.Split('\n'));
    }

    [Fact]
    public async Task Disposing_ends_the_programs_that_the_program_started()
    {
        if (ProgramRun.Find("python3") is null)
        {
            ServerMissing.EndTest("python3", "install Python 3");
        }

        int port = FreePort.Pick();
        ServerProcess server = await ServerProcess.StartAsync(
            "sh", ["-c", $"python3 -m http.server --bind 127.0.0.1 {port} & wait"], port, cancellationToken: Cancellation);

        await server.DisposeAsync();

        using TcpClient client = new();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port, Cancellation).AsTask());
    }

    [Fact]
    public void A_program_on_the_path_is_found_and_one_that_is_not_is_not()
    {
        Assert.True(File.Exists(ProgramRun.Find("sh")));
        Assert.Null(ProgramRun.Find("no-program-has-this-name"));
    }

    [Fact]
    public void Ports_are_not_given_twice()
    {
        int[] ports = [.. Enumerable.Range(0, 100).Select(_ => FreePort.Pick())];

        Assert.Equal(ports.Length, ports.Distinct().Count());
    }
}
