using System.Xml;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Iam;

/// <summary>The operations on the versions of managed policies (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html).</summary>
internal sealed class PolicyVersionOperations(IamService iam, TimeProvider time)
{
    private const int MostVersions = 5;

    public HttpResponse Create(ServiceCall call)
    {
        IamPolicy policy = iam.ResolvePolicy(call);
        string id = policy.Add(PolicyOperations.Document(call), call.Form.Text("SetAsDefault") == "true", time.GetUtcNow(), MostVersions)
            ?? throw new ServiceException(
                "LimitExceeded", $"A managed policy can have up to {MostVersions} versions. Before you create a new version, you must delete an existing version.", 409);
        return IamXml.Answer(call, xml => Write(xml, policy, id, withDocument: false));
    }

    public HttpResponse Get(ServiceCall call)
    {
        IamPolicy policy = iam.ResolvePolicy(call);
        string id = Resolve(call, policy);
        return IamXml.Answer(call, xml => Write(xml, policy, id, withDocument: true));
    }

    public HttpResponse List(ServiceCall call)
    {
        IamPolicy policy = iam.ResolvePolicy(call);
        return IamXml.Page(call, "Versions", policy.Versions, id => id, (xml, id) => WriteMembers(xml, policy, id, withDocument: false));
    }

    public HttpResponse Delete(ServiceCall call)
    {
        IamPolicy policy = iam.ResolvePolicy(call);
        string id = Resolve(call, policy);
        if (id == policy.DefaultVersion)
        {
            throw new ServiceException("DeleteConflict", "Cannot delete the default version of a policy.", 409);
        }

        policy.Remove(id);
        return IamXml.Answer(call);
    }

    private static string Resolve(ServiceCall call, IamPolicy policy)
    {
        string id = call.Form.RequiredText("VersionId");
        return policy.Version(id) is null ? throw IamService.NoSuchEntity($"Policy {policy.Arn} version {id} does not exist or is not attachable.") : id;
    }

    private static void Write(XmlWriter xml, IamPolicy policy, string id, bool withDocument)
    {
        xml.WriteStartElement("PolicyVersion");
        WriteMembers(xml, policy, id, withDocument);
        xml.WriteEndElement();
    }

    private static void WriteMembers(XmlWriter xml, IamPolicy policy, string id, bool withDocument)
    {
        if (policy.Version(id) is not { } version)
        {
            return;
        }

        if (withDocument)
        {
            xml.WriteElementString("Document", Uri.EscapeDataString(version.Document.Text));
        }

        xml.WriteElementString("VersionId", id);
        xml.WriteElementString("IsDefaultVersion", id == policy.DefaultVersion ? "true" : "false");
        xml.WriteElementString("CreateDate", IamXml.Time(version.Created));
    }
}
