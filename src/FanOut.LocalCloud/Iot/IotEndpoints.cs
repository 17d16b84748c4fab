using System.Text;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Iot;

/// <summary>IoT Core's DescribeEndpoint: the host names of an account in a region.</summary>
/// <remarks>https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeEndpoint.html</remarks>
internal static class IotEndpoints
{
    public static HttpResponse Describe(ServiceCall call, string? address)
    {
        // The default is the old endpoint, which has a certificate of VeriSign.
        string host = Host(call.Request.QueryValue("endpointType") ?? "iot:Data", call);
        return JsonAnswer.Of(json => json.WriteString("endpointAddress", address ?? host), contentType: "application/json");
    }

    private static string Host(string type, ServiceCall call)
    {
        // AWS gives each account one such id per region.
        string id = "a" + Checksum.Md5Hex(Encoding.UTF8.GetBytes($"{call.AccountId}/{call.Region}"))[..13];
        string ats = ArnText.Partition(call.Region) == "aws-cn" ? ".ats" : "-ats";
        string first = type switch
        {
            "iot:Data" => id,
            "iot:Data-ATS" => id + ats,
            "iot:CredentialProvider" => $"{id}.credentials",
            "iot:Jobs" => $"{id}.jobs",
            _ => throw new ServiceException("InvalidRequestException", $"Endpoint type {type} is not valid; it is iot:Data, iot:Data-ATS, iot:CredentialProvider or iot:Jobs."),
        };
        return $"{first}.iot.{call.Region}.{DnsSuffix.Of(call.Region)}";
    }
}
