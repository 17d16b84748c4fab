using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Policies;

namespace FanOut.LocalCloud.Iam;

/// <summary>The operations that attach managed policies to roles.</summary>
internal sealed class AttachedPolicyOperations(IamService iam)
{
    private const int MostAttached = 10;

    public HttpResponse Attach(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        string arn = call.Form.RequiredText("PolicyArn");
        Func<ParsedPolicy> document = iam.Documents(arn) ?? throw IamService.NoSuchEntity($"Policy {arn} does not exist or is not attachable.");
        if (role.AttachedPolicies.Count >= MostAttached && !role.AttachedPolicies.Contains(arn))
        {
            throw new ServiceException("LimitExceeded", $"Cannot exceed quota for PoliciesPerRole: {MostAttached}", 409);
        }

        role.Attach(arn, document);
        return IamXml.Answer(call);
    }

    public HttpResponse Detach(ServiceCall call)
    {
        string arn = call.Form.RequiredText("PolicyArn");
        return iam.Resolve(call).Detach(arn) ? IamXml.Answer(call) : throw IamService.NoSuchEntity($"Policy {arn} was not found.");
    }

    public HttpResponse List(ServiceCall call) => IamXml.Page(call, "AttachedPolicies", iam.Resolve(call).AttachedPolicies, DestinationName.Short, (xml, arn) =>
    {
        xml.WriteElementString("PolicyName", DestinationName.Short(arn));
        xml.WriteElementString("PolicyArn", arn);
    });
}
