namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>What kind of stream an ARN names.</summary>
internal static class EventSourceArn
{
    /// <summary>Whether the ARN's service field is <c>dynamodb</c>, in whatever partition.</summary>
    public static bool IsDynamoDBStream(string arn) => arn.Split(':', 4) is ["arn", _, "dynamodb", _];
}
