using Amazon.Runtime;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.Local.Events;
using FanOut.Operations;

namespace FanOut.Local.Checks;

/// <summary>Puts one marked record into a source, and waits for what the function tells of it.</summary>
/// <param name="session">Who puts it, in the function's region, which is the source's.</param>
/// <param name="function">The function's name.</param>
/// <param name="time">The clock.</param>
internal sealed class SendThroughSource(AwsSession session, string function, TimeProvider time)
{
    /// <summary>Puts it, and waits.</summary>
    /// <param name="sourceArn">The source.</param>
    /// <param name="record">What it holds.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="route">The way, on which nothing stands.</param>
    /// <param name="cancellationToken">Ends the wait; the record stays in the source.</param>
    public async Task<SentRecord> OfAsync(string sourceArn, EventRecord record, string mark, SourceRoute route, CancellationToken cancellationToken)
    {
        if (await new PutMarked(session).IntoAsync(sourceArn, record, mark, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return new SentRecord(function, session.Region) { NotSent = (refusal.Text, refusal.Remedy), IsFault = true };
        }

        MarkedNews? news = null;
        string? notSeen = null;
        try
        {
            news = await new FollowMark(route.Log!, time).FindAsync(mark, route.Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e)
        {
            notSeen = FanOutError.Sentence(e.Message);
        }

        return new SentRecord(function, session.Region) { Mark = mark, Route = route, News = news, NotSeen = notSeen };
    }
}
