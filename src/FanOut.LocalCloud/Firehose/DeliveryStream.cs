namespace FanOut.LocalCloud.Firehose;

/// <summary>A delivery stream.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Created">When it was made.</param>
public sealed record DeliveryStream(string Arn, DateTimeOffset Created)
{
    /// <summary>The stream's name.</summary>
    public string Name => DestinationName.Short(Arn);
}
