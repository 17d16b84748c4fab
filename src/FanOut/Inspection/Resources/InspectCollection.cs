using FanOut.Aws.OpenSearchServerless;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a collection of OpenSearch Serverless.</summary>
internal static class InspectCollection
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, IndexDestination index, AwsLocation location, CancellationToken cancellationToken)
    {
        string id = index.Endpoint.Host.Split('.')[0], arn = location.ArnOf("aoss", $"collection/{id}");
        AmazonOpenSearchServerlessClient serverless = viewer.Session.Client(AmazonOpenSearchServerlessClient.Service, static (c, s) => new AmazonOpenSearchServerlessClient(c, s));
        Seen<CollectionDetail> seen = await Look.AtAsync(viewer.Session, async () =>
            (await serverless.BatchGetCollectionAsync(new BatchGetCollectionRequest { Ids = [id] }, cancellationToken).ConfigureAwait(false)).CollectionDetails?.FirstOrDefault()).ConfigureAwait(false);
        if (seen.Value is not { } collection)
        {
            return new ResourceFacts(viewer.NotThere(check, "collection", arn, seen, "aoss:BatchGetCollection", "Make the collection, or give another -Destination.")) { Arn = arn };
        }

        string what = $"The collection {collection.Name} ({arn}) is {collection.Status}.";
        string look = $"aws opensearchserverless batch-get-collection --ids {id} --region {viewer.Session.Region}";
        return new ResourceFacts(collection.Status switch
        {
            "ACTIVE" or null => Finding.Pass(check, what),
            "UPDATING" or "UPDATE_FAILED" => Finding.Warn(check, $"{what} {collection.FailureMessage}".TrimEnd(), look),
            "DELETING" => Finding.Fail(check, what, "Give another -Destination."),
            _ => Finding.Fail(check, $"{what} {collection.FailureMessage}".TrimEnd(), look),
        })
        {
            Arn = arn,
            Collection = collection.Name,

            // The service uses the key by a grant of its own: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html
            Encryption = collection.KmsKeyArn is null or "auto" ? "The collection is encrypted with AWS's own key, which needs no permission."
                : $"The collection is encrypted with {collection.KmsKeyArn}, which OpenSearch Serverless uses itself: the role needs no permission for it.",
        };
    }
}
