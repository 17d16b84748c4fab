using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>The permissions to send to dead letters. Always the function's own role needs them, even if the mapping names a role for its target.</summary>
internal static class DeadLetterGrants
{
    /// <summary>The grants for one mapping; none if its failed records block instead.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="home">The function's location.</param>
    public static IEnumerable<Grant> Of(Mapping mapping, AwsLocation home) => DestinationOf(mapping) switch
    {
        QueueDestination queue => [DestinationGrants.Queue(QueueArn(queue, home))],
        TopicDestination topic => [DestinationGrants.Topic(topic.Text)],
        BucketDestination bucket => [DestinationGrants.Bucket(BucketArn(bucket, home), bucket.Prefix.Length == 0 ? "" : IamText.Literal(bucket.Prefix) + "/")],
        _ => [],
    };

    /// <summary>The account of a mapping's dead letter; null: there is no dead letter, or it is a bucket, whose name does not tell its account.</summary>
    public static string? AccountOf(Mapping mapping, AwsLocation home) => DestinationOf(mapping) switch
    {
        QueueDestination queue => Arn.TryParse(QueueArn(queue, home), out Arn? arn) ? arn.Account : null,
        TopicDestination topic => topic.Arn.Account,
        _ => null,
    };

    /// <summary>What the owner of the dead letter must allow in addition; null: nothing.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="facts">The function.</param>
    public static string? NoteOf(Mapping mapping, FunctionFacts facts)
    {
        if (Of(mapping, facts.Home).FirstOrDefault() is not { } grant)
        {
            return null;
        }

        string what = $"must allow {facts.RoleArn} {grant.Actions[0]} on {grant.Resource} too";
        return AccountOf(mapping, facts.Home) switch
        {
            null => $"Target '{mapping.Id}': if the bucket of its dead letter belongs to another account, the bucket's own policy {what}.",
            var account when account != facts.Function.Account => $"Target '{mapping.Id}': its dead letter lies in the account {account}, so its own policy {what}.",
            _ => null,
        };
    }

    private static Destination? DestinationOf(Mapping mapping) => mapping.OnFailure == OnFailure.DeadLetter ? mapping.DeadLetter : null;

    private static string QueueArn(QueueDestination queue, AwsLocation home) => DestinationGrants.QueueArn(queue, home with { Region = queue.Region ?? home.Region });

    private static string BucketArn(BucketDestination bucket, AwsLocation home) =>
        $"arn:{(bucket.Region is { } region ? Partition.OfRegion(region).Id : home.Partition)}:s3:::{bucket.Bucket}";
}
