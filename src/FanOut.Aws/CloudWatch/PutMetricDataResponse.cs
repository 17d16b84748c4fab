using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>The answer of PutMetricData: the metrics were taken.</summary>
public sealed class PutMetricDataResponse : AmazonWebServiceResponse;
