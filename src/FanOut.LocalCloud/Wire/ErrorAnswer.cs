using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.OpenSearch;

namespace FanOut.LocalCloud.Wire;

/// <summary>Writes errors in the formats that AWS's clients read.</summary>
internal static class ErrorAnswer
{
    /// <summary>
    /// The service whose format of errors is used. OpenSearch's control plane has the signing name of its domains, but errors like AWS's other
    /// services.
    /// </summary>
    public static string? DialectOf(string? service, HttpRequest request) =>
        service == "es" && DomainOperations.Owns(request.Path) ? "opensearch" : service;

    public static HttpResponse Of(ServiceException error, Protocol protocol, string? service, string requestId) => protocol switch
    {
        _ when service == "s3" => S3(error, requestId),
        _ when service == "ec2" => Ec2(error, requestId),
        Protocol.Query => Xml(error, service, requestId),
        Protocol.RestJson => Rest(error, service),
        _ => Json(error, protocol, service),
    };

    private static HttpResponse Json(ServiceException error, Protocol protocol, string? service)
    {
        HttpResponse response = JsonAnswer.Of(
            json =>
            {
                json.WriteString("__type", Shape(error, service));
                json.WriteString("message", error.Message);
                error.Details?.Invoke(json);
            },
            error.Status,
            protocol == Protocol.Json10 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1");

        if (service is "sqs" or "monitoring")
        {
            string fault = error.Status < 500 ? "Sender" : "Receiver";
            response.Headers["x-amzn-query-error"] = $"{error.QueryCode ?? error.Code};{fault}";
        }

        return response;
    }

    // Services with JSON 1.0 have a namespace before the code; clients must read what is behind the '#'.
    private static string Shape(ServiceException error, string? service) => service switch
    {
        "dynamodb" when error.Code is "ValidationException" => $"com.amazon.coral.validate#{error.Code}",
        "dynamodb" => $"com.amazonaws.dynamodb.v20120810#{error.Code}",
        "sqs" => $"com.amazonaws.sqs#{error.Code}",
        "monitoring" => $"com.amazonaws.cloudwatch.v2010_08_01#{error.Code}",
        _ => error.Code,
    };

    private static HttpResponse Rest(ServiceException error, string? service)
    {
        HttpResponse response = JsonAnswer.Of(
            json => WriteRestError(json, error, service), error.Status, "application/json");
        if (service is not ("es" or "aoss"))
        {
            response.Headers["x-amzn-ErrorType"] = error.Code;
        }

        return response;
    }

    private static void WriteRestError(Utf8JsonWriter json, ServiceException error, string? service)
    {
        switch (service)
        {
            case "es" or "aoss" when error.Status is 403 or 413 or 429:
                json.WriteString("Message", error.Message);
                break;
            case "es" or "aoss":
                json.WriteStartObject("error");
                json.WriteString("type", error.Code);
                json.WriteString("reason", error.Message);
                json.WriteEndObject();
                json.WriteNumber("status", error.Status);
                break;
            case "lambda":
                json.WriteString("Type", error.Status < 500 ? "User" : "Server");
                json.WriteString("Message", error.Message);
                break;
            default:
                json.WriteString("message", error.Message);
                break;
        }
    }

    private static HttpResponse Xml(ServiceException error, string? service, string requestId) => XmlAnswer.Document(error.Status, xml =>
    {
        xml.WriteStartElement("ErrorResponse", service switch
        {
            "iam" => "https://iam.amazonaws.com/doc/2010-05-08/",
            "sts" => "https://sts.amazonaws.com/doc/2011-06-15/",
            "monitoring" => "http://monitoring.amazonaws.com/doc/2010-08-01/",
            "elasticache" => "http://elasticache.amazonaws.com/doc/2015-02-02/",
            _ => string.Create(CultureInfo.InvariantCulture, $"http://{service ?? "webservices"}.amazonaws.com/doc/2010-03-31/"),
        });
        xml.WriteStartElement("Error");
        xml.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
        xml.WriteElementString("Code", error.QueryCode ?? error.Code);
        xml.WriteElementString("Message", error.Message);
        xml.WriteEndElement();
        xml.WriteElementString("RequestId", requestId);
        xml.WriteEndElement();
    });

    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    private static HttpResponse S3(ServiceException error, string requestId)
    {
        HttpResponse response = XmlAnswer.Document(error.Status, xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            xml.WriteElementString("RequestId", requestId);
            xml.WriteEndElement();
        });
        response.Headers["x-amz-request-id"] = requestId;
        return response;
    }

    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html#api-error-response
    private static HttpResponse Ec2(ServiceException error, string requestId) => XmlAnswer.Document(error.Status, xml =>
    {
        xml.WriteStartElement("Response");
        xml.WriteStartElement("Errors");
        xml.WriteStartElement("Error");
        xml.WriteElementString("Code", error.Code);
        xml.WriteElementString("Message", error.Message);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("RequestID", requestId);
        xml.WriteEndElement();
    });
}
