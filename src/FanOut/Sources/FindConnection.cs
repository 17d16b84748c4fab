using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Sources.Topics;

namespace FanOut.Sources;

/// <summary>Finds out whether a function is connected with a source, be it suspended.</summary>
/// <param name="session">Who asks, in the function's region.</param>
/// <param name="function">The function.</param>
/// <param name="suspended">The settings of suspended subscriptions.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class FindConnection(AwsSession session, FunctionDestination function, SuspendedSubscriptions suspended, TimeProvider time)
{
    /// <summary>The parameters that name the function in a command.</summary>
    public string FunctionParameters { get; } = RepairCommand.FunctionOf(function.Text, session.Region);

    /// <summary>Whether it is: by an event source mapping, or by a subscription.</summary>
    /// <param name="sourceArn">The source.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<bool> ExistsAsync(string sourceArn, CancellationToken cancellationToken)
    {
        if (!SourceArn.IsOf(SourceKind.Sns, sourceArn))
        {
            return (await new EventSourceMappings(session, function, time).ListAsync(sourceArn, cancellationToken).ConfigureAwait(false)).Count > 0;
        }

        FunctionConfiguration configuration;
        try
        {
            configuration = await new FunctionConfigurations(session, function, time).GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FanOutException e) when (e.ErrorId == "FunctionNotFound")
        {
            return false;
        }

        TopicConnection connection = await new TopicConnections(session, function, configuration, suspended).FindAsync(sourceArn, cancellationToken).ConfigureAwait(false);
        return connection.State != DescribeSource.NotConnected;
    }
}
