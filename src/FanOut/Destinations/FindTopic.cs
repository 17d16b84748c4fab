using System.Globalization;
using Amazon.SecurityToken.Model;
using FanOut.Aws.Sns;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds an SNS topic by its name. SNS has no call for that, so the ARN is made of name, region and account, and checked with one call.</summary>
internal static class FindTopic
{
    /// <summary>The topic's ARN, and its size limit if it was raised.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        GetCallerIdentityResponse caller = await session.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false);
        string arn = $"arn:{Partition.OfRegion(session.Region).Id}:sns:{session.Region}:{caller.Account}:{name}";
        if (!TopicDestination.TryParse(arn, out _, out string? problem))
        {
            throw FanOutError.InvalidDestination(name, problem);
        }

        AmazonSimpleNotificationServiceClient sns =
            session.Client(AmazonSimpleNotificationServiceClient.Service, (c, s) => new AmazonSimpleNotificationServiceClient(c, s));
        try
        {
            GetTopicAttributesResponse topic = await sns.GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = arn }, cancellationToken).ConfigureAwait(false);
            bool isRaised = int.TryParse(topic.Attributes?.GetValueOrDefault("MaximumMessageSize"), NumberStyles.None, CultureInfo.InvariantCulture, out int bytes);
            return new FoundDestination(arn, isRaised ? bytes : null);
        }
        catch (AmazonSimpleNotificationServiceException e) when (e.ErrorCode is "NotFound" or "NotFoundException")
        {
            throw FanOutError.DestinationNotFound("SNS topic", name, session.Region, session.Identity, "Give the topic's ARN to register it without a look-up.", e);
        }
    }
}
