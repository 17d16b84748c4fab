namespace FanOut.Aws.Iot;

/// <summary>Publishes a message to an MQTT topic.</summary>
/// <remarks>https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_Publish.html</remarks>
public sealed class IotPublishRequest
{
    /// <summary>The topic, at most 256 bytes.</summary>
    public required string Topic { get; init; }

    /// <summary>Quality of service, 0 or 1. Default: 1, at least once.</summary>
    public int Qos { get; init; } = 1;

    /// <summary>The message, at most 128 KiB.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The user properties of MQTT 5: a JSON array of objects with one text each, <c>[{"deviceName":"alpha"},{"deviceCnt":"45"}]</c>, in UTF-8; empty: none.</summary>
    public ReadOnlyMemory<byte> UserProperties { get; init; }
}
