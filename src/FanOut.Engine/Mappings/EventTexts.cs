namespace FanOut.Engine.Mappings;

/// <summary>What an event bus gets of a record besides its data, where the mapping says nothing about it.</summary>
public static class EventTexts
{
    /// <summary>The most characters of a detail type: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html</summary>
    public const int LongestDetailType = 128;

    /// <summary>What no source of others may begin with: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html</summary>
    public const string ReservedSource = "aws.";

    /// <summary>The source of events: FanOut.</summary>
    public const string DefaultSource = "fanout";

    /// <summary>The detail type of events: the name of the stream, table or topic that the records come from, cut to what EventBridge takes.</summary>
    /// <param name="sourceArn">The source's ARN.</param>
    public static string DefaultDetailType(string sourceArn)
    {
        string name = Arn.TryParse(sourceArn, out Arn? arn) ? arn.ResourceName.Split('/')[0] : sourceArn;
        return name.Length <= LongestDetailType ? name : name[..LongestDetailType];
    }
}
