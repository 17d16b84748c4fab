using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>The alarm is there.</summary>
public sealed class PutMetricAlarmResponse : AmazonWebServiceResponse;
