using System.Runtime.CompilerServices;
using FanOut.Aws.CloudWatchLogs;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Errors;

namespace FanOut.Operations;

/// <summary>Reads a function's log group, filtered by CloudWatch Logs as far as it can.</summary>
/// <param name="session">Who reads, in the function's region.</param>
/// <param name="group">The log group.</param>
/// <param name="function">The function's name.</param>
internal sealed class LogReader(AwsSession session, string group, string function)
{
    // Terms and terms that must not be there are as CloudWatch Logs documents them; that was not tried with the service itself. What comes too much is left out here.
    // The metrics are in the log too, many lines of them: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    private const string NoMetrics = "-\"CloudWatchMetrics\"";

    /// <summary>The lines of a period that may be about what is asked for, oldest first.</summary>
    /// <param name="from">The first time.</param>
    /// <param name="to">The time before which it ends; null: now.</param>
    /// <param name="terms">What must be in a line, each of them; a text with quotation marks is not asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FanOutException">LogGroupNotFound.</exception>
    public async IAsyncEnumerable<FilteredLogEvent> ReadAsync(
        DateTimeOffset from, DateTimeOffset? to, IEnumerable<string> terms, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AmazonCloudWatchLogsClient logs = session.Logs();
        var request = new FilterLogEventsRequest
        {
            LogGroupName = group,
            StartTime = from,
            EndTime = to,
            FilterPattern = string.Join(' ', terms.Where(static t => !t.Contains('"', StringComparison.Ordinal) && !t.Contains('\\', StringComparison.Ordinal)).Select(static t => $"\"{t}\"").Append(NoMetrics)),
        };
        do
        {
            FilterLogEventsResponse page = await ReadAsync(logs, request, cancellationToken).ConfigureAwait(false);
            foreach (FilteredLogEvent line in page.Events ?? [])
            {
                yield return line;
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);
    }

    private async Task<FilterLogEventsResponse> ReadAsync(AmazonCloudWatchLogsClient logs, FilterLogEventsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await logs.FilterLogEventsAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonCloudWatchLogsException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw FanOutError.LogGroupNotFound(group, function, session.Region, session.Identity, e);
        }
    }
}
