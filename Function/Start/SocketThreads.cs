namespace FanOut.Dispatch.Start;

/// <summary>Which thread goes on when something has come in over a socket: the one that waits for all sockets, instead of one of the thread pool.</summary>
/// <remarks>
/// <para>
/// By itself .NET hands each arrival over to the thread pool, whose threads then look for more work for a while. That is made for servers with many connections on
/// many processors. A function handles one event at a time, on a fourteenth of a processor at 128 MB: there handing over, looking and waking cost as much as all that
/// the function itself does for a small batch.
/// </para>
/// <para>
/// So nothing may block such a thread: all waiting is awaiting. The setting is only to be had as an environment variable, which .NET reads when the first socket
/// is made: https://github.com/dotnet/runtime/blob/v10.0.0/src/libraries/System.Net.Sockets/src/System/Net/Sockets/SocketAsyncEngine.Unix.cs
/// </para>
/// </remarks>
internal static class SocketThreads
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Has them go on, unless the user has said otherwise; to be called before the first socket is made.</summary>
    public static void GoOn()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
