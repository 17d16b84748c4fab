using FanOut.Dispatch.Start;

namespace FanOut.Tests.Dispatch.Start;

public sealed class SocketThreadsTests
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", Count = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", Memory = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

    [Theory]
    [InlineData("128", true)]
    [InlineData("1769", true)]
    [InlineData("1770", false)]
    [InlineData("10240", false)]
    [InlineData(null, false)]
    [InlineData("much", false)]
    public void One_thread_waits_for_sockets_where_a_function_has_the_time_of_one_processor(string? megabytes, bool isOne)
    {
        IEnumerable<(string, string)> chosen = SocketThreads.Choose(name => name == Memory ? megabytes : null);

        Assert.Equal(isOne ? [(Inline, "1"), (Count, "1")] : [(Inline, "1")], chosen);
    }

    [Fact]
    public void What_the_user_has_set_stays()
    {
        Assert.Equal([(Count, "1")], SocketThreads.Choose(static name => name switch { Inline => "0", Memory => "128", _ => null }));
        Assert.Equal([(Inline, "1")], SocketThreads.Choose(static name => name switch { Count => "4", Memory => "128", _ => null }));
    }
}
