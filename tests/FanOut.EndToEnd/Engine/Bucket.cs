using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Engine;

/// <summary>A bucket at moto behind a delivery stream of the same name.</summary>
internal sealed class Bucket : IDisposable
{
    private readonly ServiceApi _api;
    private readonly string _name;

    private Bucket(ServiceApi api, string name) => (_api, _name) = (api, name);

    public static async Task<Bucket> CreateAsync(Uri endpoint, string name)
    {
        ServiceApi api = new(endpoint);
        await api.RestAsync(HttpMethod.Put, "s3", $"/{name}");
        await api.JsonAsync("firehose", "Firehose_20150804.CreateDeliveryStream", new()
        {
            ["DeliveryStreamName"] = name,
            ["ExtendedS3DestinationConfiguration"] = new JsonObject
            {
                ["RoleARN"] = $"arn:aws:iam::{Emulated.Account}:role/firehose",
                ["BucketARN"] = $"arn:aws:s3:::{name}",
            },
        });
        return new(api, name);
    }

    /// <summary>Every object; moto makes one of each call.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadAsync()
    {
        byte[] listed = await _api.RestAsync(HttpMethod.Get, "s3", $"/{_name}?list-type=2");
        List<byte[]> objects = [];
        foreach (XElement key in XElement.Parse(Encoding.UTF8.GetString(listed)).Descendants().Where(element => element.Name.LocalName == "Key"))
        {
            objects.Add(await _api.RestAsync(HttpMethod.Get, "s3", $"/{_name}/{key.Value}"));
        }

        return objects;
    }

    public void Dispose() => _api.Dispose();
}
