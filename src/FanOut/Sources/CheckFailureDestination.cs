using Amazon.Runtime;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>Looks whether the queue, topic or bucket is there to which Lambda is to report.</summary>
/// <param name="session">Who looks.</param>
internal sealed class CheckFailureDestination(AwsSession session)
{
    /// <summary>Looks for it.</summary>
    /// <returns>Why it could not be found out; null: it is there, or not looked for.</returns>
    /// <exception cref="FanOutException">DestinationNotFound.</exception>
    public async Task<string?> FindUncertaintyAsync(string destinationArn, CancellationToken cancellationToken)
    {
        if (!Arn.TryParse(destinationArn, out Arn? arn))
        {
            return null;
        }

        AwsSession there = arn.Region.Length > 0 ? session.In(arn.Region) : session;
        try
        {
            switch (arn.Service)
            {
                case "sqs":
                    AmazonSQSClient sqs = there.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s));
                    await sqs.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = arn.Resource, QueueOwnerAWSAccountId = arn.Account }, cancellationToken).ConfigureAwait(false);
                    break;
                case "sns":
                    await there.Sns().GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = destinationArn }, cancellationToken).ConfigureAwait(false);
                    break;
                case "s3":
                    await FindBucket.RegionAsync(there, arn.Resource, cancellationToken).ConfigureAwait(false);
                    break;
            }

            return null;
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue" or "NotFound" or "NotFoundException" or FindBucket.NoneThere)
        {
            throw FanOutError.DestinationNotFound(
                arn.Service switch { "sqs" => "SQS queue", "sns" => "SNS topic", _ => "S3 bucket" }, arn.Resource, there.Region, there.Identity,
                $"-OnFailureDestination {destinationArn} would be told nothing: make it first, or correct the ARN.", e);
        }
        catch (AmazonServiceException e)
        {
            return $"Whether {destinationArn} is there could not be found out: {FanOutError.Sentence(e.Message)} It takes {arn.Service switch { "sqs" => "sqs:GetQueueUrl", "sns" => "sns:GetTopicAttributes", _ => "s3:GetBucketLocation" }}.";
        }
    }
}
