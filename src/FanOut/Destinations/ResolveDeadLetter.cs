using Amazon.Runtime;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds dead letters: a queue by its name, and whether a queue or topic that is given in full is there; each is looked up once.</summary>
/// <remarks>It is needed only when a delivery fails: that is too late to find out that its name was misspelt. Buckets are not looked up.</remarks>
internal sealed class ResolveDeadLetter
{
    private readonly Dictionary<(AwsSession Session, string Text), FoundDeadLetter> _found = [];

    /// <summary>The dead letter.</summary>
    /// <param name="session">Who looks it up, in the function's region.</param>
    /// <param name="text">What the user named.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="FanOutException">There is no queue of that name.</exception>
    public async Task<FoundDeadLetter> FindAsync(AwsSession session, string text, CancellationToken cancellationToken)
    {
        if (!_found.TryGetValue((session, text), out FoundDeadLetter? found))
        {
            _found[(session, text)] = found = await LookUpAsync(session, text, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private static async Task<FoundDeadLetter> LookUpAsync(AwsSession session, string text, CancellationToken cancellationToken)
    {
        if (FindQueue.IsName(text))
        {
            return new FoundDeadLetter((await FindQueue.ByNameAsync(session, text, cancellationToken).ConfigureAwait(false)).Destination);
        }

        // What is no dead letter at all is refused with the other settings.
        if (!Destination.TryParseDeadLetter(text, out Destination? place, out _))
        {
            return new FoundDeadLetter(text);
        }

        AwsSession there = place.Region is { } region ? session.In(region) : session;
        try
        {
            await (place switch
            {
                QueueDestination { Account: { } account } queue => there.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s))
                    .GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = queue.Name, QueueOwnerAWSAccountId = account }, cancellationToken),
                TopicDestination topic => there.Client(AmazonSimpleNotificationServiceClient.Service, static (c, s) => new AmazonSimpleNotificationServiceClient(c, s))
                    .GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = topic.Text }, cancellationToken),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
            return new FoundDeadLetter(text);
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue" or "NotFound" or "NotFoundException")
        {
            return new FoundDeadLetter(text, $"The dead letter {text} does not exist, or {there.Identity} may not see it: what cannot be delivered will be reported as failed if it cannot go there either.");
        }
        catch (AmazonServiceException)
        {
            // Who may not ask takes it as it is.
            return new FoundDeadLetter(text);
        }
    }
}
