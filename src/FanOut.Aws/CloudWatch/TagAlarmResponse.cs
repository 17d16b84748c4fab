using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>The tags are set.</summary>
public sealed class TagAlarmResponse : AmazonWebServiceResponse;
