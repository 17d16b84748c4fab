using System.Text.RegularExpressions;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Iam;

/// <summary>The operations on roles' inline policies (https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html).</summary>
internal sealed partial class InlinePolicyOperations(IamService iam)
{
    private const int MostCharacters = 10_240;

    public HttpResponse Put(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        string name = call.Form.RequiredText("PolicyName");
        string document = call.Form.RequiredText("PolicyDocument");
        if (!PolicyName().IsMatch(name))
        {
            throw new ServiceException("ValidationError", "The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }

        // The limit is for all inline policies of a role together; white space does not count.
        int characters = role.InlinePolicies.Where(policy => policy.Key != name).Sum(policy => Size(policy.Value)) + Size(document);
        if (characters > MostCharacters)
        {
            throw new ServiceException("LimitExceeded", $"Maximum policy size of {MostCharacters} bytes exceeded for role {role.Name}", 409);
        }

        role.PutPolicy(name, document);
        return IamXml.Answer(call);
    }

    public HttpResponse Get(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        string name = call.Form.RequiredText("PolicyName");
        string document = role.InlinePolicies.GetValueOrDefault(name) ?? throw NotFound(name);
        return IamXml.Answer(call, xml =>
        {
            xml.WriteElementString("RoleName", role.Name);
            xml.WriteElementString("PolicyName", name);
            xml.WriteElementString("PolicyDocument", Uri.EscapeDataString(document));
        });
    }

    public HttpResponse Delete(ServiceCall call)
    {
        string name = call.Form.RequiredText("PolicyName");
        return iam.Resolve(call).DeletePolicy(name) ? IamXml.Answer(call) : throw NotFound(name);
    }

    public HttpResponse List(ServiceCall call) =>
        IamXml.Page(call, "PolicyNames", iam.Resolve(call).InlinePolicies.Keys, name => name, (xml, name) => xml.WriteString(name));

    private static int Size(string document) => document.Count(character => !char.IsWhiteSpace(character));

    private static ServiceException NotFound(string name) => IamService.NoSuchEntity($"The role policy with name {name} cannot be found.");

    [GeneratedRegex(@"^[\w+=,.@-]{1,128}$")]
    private static partial Regex PolicyName();
}
