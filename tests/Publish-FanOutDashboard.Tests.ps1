Describe 'Publish-FanOutDashboard' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }

    It 'makes a dashboard with a graph of each kind, and the second time nothing' {
        Publish-FanOutDashboard -PassThru | Should -Be 'FanOut-fanout-us-east-1'
        $body = $cloud.CloudWatch.Dashboards['FanOut-fanout-us-east-1'] | ConvertFrom-Json
        $body.widgets.properties.title | Should -Contain 'Failed, by target'
        Clear-Call
        Publish-FanOutDashboard
        Get-Change | Should -BeNullOrEmpty
    }

    It 'removes it' {
        Publish-FanOutDashboard -Remove
        $cloud.CloudWatch.Dashboards.Count | Should -Be 0
    }
}
