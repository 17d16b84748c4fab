namespace FanOut.LocalCloud.Lambda;

/// <summary>Lambda's payload limits, in bytes (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).</summary>
public static class LambdaLimits
{
    /// <summary>The largest event of a synchronous invocation, event source mappings' included: 6 MB.</summary>
    public const int SynchronousRequest = 6 * 1024 * 1024;

    /// <summary>The largest answer of a synchronous invocation: 6 MB and Lambda's own 100 bytes.</summary>
    public const int SynchronousResponse = SynchronousRequest + 100;

    /// <summary>The largest event of an asynchronous invocation (<c>InvocationType=Event</c>): 1 MB.</summary>
    public const int AsynchronousRequest = 1024 * 1024;
}
