using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>A function's settings in Lambda.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class FunctionConfigurations(AwsSession session, FunctionDestination function, TimeProvider time)
{
    private const string Silence = "Lambda does not say why";

    private AmazonLambdaClient Client => session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));

    /// <summary>The settings as they are now.</summary>
    /// <exception cref="FanOutException">FunctionNotFound.</exception>
    public async Task<FunctionConfiguration> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Client.GetFunctionConfigurationAsync(
                new GetFunctionConfigurationRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            string? nearest = await new FindFunctions(session).FindNearestAsync(function.Name, cancellationToken).ConfigureAwait(false);
            throw FanOutError.FunctionNotFound(function, session.Region, session.Identity, nearest, e);
        }
    }

    /// <summary>Sets an environment variable, keeps all others, and waits until the change has taken effect.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="patience">How long to wait for each change, also for changes that others make at the same time.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="FanOutException">The variables cannot be read, or the change did not take effect.</exception>
    public async Task SetVariableAsync(string name, string value, TimeSpan patience, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            FunctionConfiguration now = await RestingAsync(patience, cancellationToken).ConfigureAwait(false);
            Dictionary<string, string> variables = Readable(now);
            if (variables.TryGetValue(name, out string? old) && old == value)
            {
                return;
            }

            try
            {
                variables[name] = value;
                await Client.UpdateFunctionConfigurationAsync(
                    new UpdateFunctionConfigurationRequest
                    {
                        FunctionName = function.FunctionName,
                        RevisionId = now.RevisionId,
                        Environment = new() { Variables = variables },
                    },
                    cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (AmazonLambdaException e) when (IsConcurrent(e) && time.GetElapsedTime(started) < patience)
            {
                // Somebody else has changed the function since it was read. Their variables must not be lost, so it is read again.
                await Task.Delay(Poll.Pace, time, cancellationToken).ConfigureAwait(false);
            }
        }

        await SettledAsync(patience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until the changes of the function have taken effect; one that failed is an error.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="FanOutException">FunctionNotFound, FunctionNotActive, FunctionUpdateFailed.</exception>
    public async Task<FunctionConfiguration> SettledAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        FunctionConfiguration after = await RestingAsync(patience, cancellationToken).ConfigureAwait(false);
        return (after.LastUpdateStatus, after.State) switch
        {
            ("Failed", _) => throw FanOutError.FunctionUpdateFailed(function.Text, after.LastUpdateStatusReason ?? after.LastUpdateStatusReasonCode ?? Silence),
            (_, "Failed") => throw FanOutError.FunctionUpdateFailed(function.Text, after.StateReason ?? after.StateReasonCode ?? Silence),
            _ => after,
        };
    }

    /// <summary>The environment variables.</summary>
    /// <exception cref="FanOutException">VariablesUnreadable.</exception>
    public Dictionary<string, string> Readable(FunctionConfiguration configuration) =>
        AreReadable(configuration)
            ? new Dictionary<string, string>(configuration.Environment?.Variables ?? [])
            : throw FanOutError.VariablesUnreadable(function.Text, configuration.Environment!.Error!, configuration.KMSKeyArn, session.Identity);

    /// <summary>Whether the variables can be read: Lambda does not show them to a caller who may not use their key.</summary>
    public static bool AreReadable(FunctionConfiguration configuration) =>
        configuration.Environment?.Error is not ({ ErrorCode.Length: > 0 } or { Message.Length: > 0 });

    /// <summary>Waits until no change of the function is in progress, whether the last one failed or not.</summary>
    /// <inheritdoc cref="SettledAsync"/>
    public Task<FunctionConfiguration> RestingAsync(TimeSpan patience, CancellationToken cancellationToken) => Poll.LastAsync(
        Poll.UntilAsync(
            GetAsync,
            static f => f.LastUpdateStatus != "InProgress" && f.State != "Pending",
            patience,
            f => FanOutError.FunctionNotActive(function.Text, f.State, f.LastUpdateStatus, patience),
            time,
            cancellationToken),
        cancellationToken);

    private static bool IsConcurrent(AmazonLambdaException error) => error.ErrorCode is "PreconditionFailedException" or "ResourceConflictException";
}
