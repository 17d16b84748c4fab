using System.Text;
using CsCheck;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Memcached;
using FanOut.Engine.Targets;
using FanOut.Tests.Memcached;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Fuzzing;

/// <summary>Damaged answers of memcached: failures of items that were sent, or an exception that the taxonomy knows; never a hang.</summary>
public class CacheAnswerTests
{
    public static TheoryData<string> Answers => ["STORED\r\nNOT_STORED\r\nDELETED\r\n", "SERVER_ERROR out of memory\r\nCLIENT_ERROR bad\r\nERROR\r\n", "CONFIG cluster 0 20\r\n1\nlocalhost||11211\n\r\nEND\r\n"];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Nothing_but_failures_and_exceptions_comes_of_them(string answer)
    {
        byte[] current = [];
        await using TcpResponder server = new(async (stream, _) =>
        {
            await TextRequest.ReadAsync(stream);
            await stream.WriteAsync(current);
        });

        foreach (byte[] damaged in Arbitrary.Damaged(Encoding.ASCII.GetBytes(answer), "\r\n STOREDNABC01|").Array[60, 60].Single())
        {
            current = damaged;
            await using var cluster = new MemcachedCluster(new MemcachedOptions { Host = "127.0.0.1", Port = server.Port }, TimeProvider.System);
            try
            {
                IReadOnlyList<CacheFailure> failures = await cluster.SendAsync(new[] { Entry.Set("a"), Entry.Set("b"), Entry.Delete("c") }, TestContext.Current.CancellationToken);
                Assert.All(failures, f => Assert.InRange(f.Index, 0, 2));
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Contains(Classify.Of(e).Class, new[] { FailureClass.Ambiguous, FailureClass.Refused });
            }
        }
    }
}
