using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>The alarms are gone.</summary>
public sealed class DeleteAlarmsResponse : AmazonWebServiceResponse;
