using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Iam;

/// <summary>The operation that tells what a role's policies allow (https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html).</summary>
internal sealed class SimulationOperations(IamService iam)
{
    public HttpResponse Simulate(ServiceCall call)
    {
        string arn = call.Form.RequiredText("PolicySourceArn");
        IamRole role = iam.Find(arn) ?? throw IamService.NoSuchEntity($"The role with ARN {arn} cannot be found.");
        IEnumerable<(string Action, string Resource)> asked = from action in Texts(call, "ActionNames") from resource in Texts(call, "ResourceArns").DefaultIfEmpty("*") select (action, resource);
        return IamXml.Answer(call, xml =>
        {
            xml.WriteStartElement("EvaluationResults");
            foreach ((string action, string resource) in asked)
            {
                AccessRequest request = new AccessRequest(action, resource).With(ConditionKeys.PrincipalArn, arn).With(ConditionKeys.PrincipalAccount, ArnText.Part(arn, 4));
                request = Entries(call).Aggregate(request, static (r, entry) => r.With(entry.Key, entry.Value));
                xml.WriteStartElement("member");
                xml.WriteElementString("EvalActionName", action);
                xml.WriteElementString("EvalResourceName", resource);
                xml.WriteElementString("EvalDecision", role.Decide(request) switch
                {
                    AccessDecision.Allowed => "allowed",
                    AccessDecision.ExplicitDeny => "explicitDeny",
                    _ => "implicitDeny",
                });
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteElementString("IsTruncated", "false");
        });
    }

    private static IEnumerable<string> Texts(ServiceCall call, string name) => call.Form.Members($"{name}.member").Select(call.Form.RequiredText);

    // Of a key with several values the first stands for all: the policies that are made here ask for no more.
    private static IEnumerable<(string Key, string Value)> Entries(ServiceCall call) => call.Form.Members("ContextEntries.member")
        .Select(m => (call.Form.RequiredText($"{m}.ContextKeyName"), call.Form.Text($"{m}.ContextKeyValues.member.1") ?? ""));
}
