using System.Globalization;

namespace FanOut.Dispatch.Start;

/// <summary>
/// Which threads go on when something has come in over a socket: those that wait for the sockets, instead of those of the thread pool; and how many of them there are.
/// </summary>
/// <remarks>
/// <para>
/// By itself .NET hands each arrival over to the thread pool, whose threads then look for more work for a while. That is made for servers with many connections on
/// many processors. A function handles one event at a time, on a fourteenth of a processor at 128 MB: there handing over, looking and waking cost as much as all that
/// the function itself does for a small batch.
/// </para>
/// <para>
/// Lambda shows two processors to a function that has the time of one at most. Two threads that wait for sockets then only take turns: each call that is answered wakes
/// one of them, where one alone often finds the next answer there already. So there is one, up to the memory of one processor.
/// </para>
/// <para>
/// So nothing may block such a thread: all waiting is awaiting. The settings are only to be had as environment variables, which .NET reads when the first socket
/// is made: https://github.com/dotnet/runtime/blob/v10.0.0/src/libraries/System.Net.Sockets/src/System/Net/Sockets/SocketAsyncEngine.Unix.cs
/// </para>
/// </remarks>
internal static class SocketThreads
{
    private const string GoOnThemselves = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", Count = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    // With so many MB a function has the time of one processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
    private const int MemoryOfOneProcessor = 1_769;

    /// <summary>Sets the variables, but for those that the user has set; to be called before the first socket is made.</summary>
    public static void GoOn()
    {
        foreach ((string name, string value) in Choose(Environment.GetEnvironmentVariable))
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>The variables to set.</summary>
    /// <param name="read">Reads a variable; null: it is not set.</param>
    internal static IEnumerable<(string Name, string Value)> Choose(Func<string, string?> read)
    {
        if (read(GoOnThemselves) is null)
        {
            yield return (GoOnThemselves, "1");
        }

        bool hasOneProcessor = int.TryParse(read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out int megabytes)
            && megabytes <= MemoryOfOneProcessor;
        if (hasOneProcessor && read(Count) is null)
        {
            yield return (Count, "1");
        }
    }
}
