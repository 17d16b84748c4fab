using System.Net;
using FanOut.Aws.Lambda;
using FanOut.Aws.Protocols;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Engine.Settings;

namespace FanOut.Deployment;

/// <summary>Invokes a function once with an event of FanOut's own, to see whether it runs: it may be published, and yet not start.</summary>
internal static class TestFunction
{
    /// <summary>Invokes it and waits for its answer. The function reads and sends nothing.</summary>
    /// <param name="session">Who calls, in the function's region.</param>
    /// <param name="function">The function.</param>
    /// <param name="alias">The alias to invoke; null: <c>$LATEST</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<FunctionTest> RunAsync(AwsSession session, FunctionDestination function, string? alias, CancellationToken cancellationToken)
    {
        using var payload = new RequestBody(TestEvent.Json.Length);
        System.Buffers.BuffersExtensions.Write(payload, TestEvent.Json);
        try
        {
            InvokeResponse answer = await session.Lambda().InvokeAndWaitAsync(
                new InvokeRequest { FunctionName = function.FunctionName, Qualifier = alias, Payload = payload },
                cancellationToken).ConfigureAwait(false);
            return FunctionTest.Of(answer.FunctionError is not null, answer.Payload);
        }
        catch (AmazonLambdaException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return new(Untested: $"it may not be invoked as {session.Identity} (lambda:InvokeFunction): {e.Message}");
        }
        catch (AmazonLambdaException e) when (e.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return new(Untested: $"it has no concurrency left: {e.Message}");
        }
        catch (AmazonLambdaException e)
        {
            // Such as KMSAccessDeniedException, ENILimitReachedException, InvalidZipFileException: Lambda could not start it.
            return new(Problem: $"{e.ErrorCode}: {e.Message}");
        }
    }
}
