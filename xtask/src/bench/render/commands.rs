use std::fs;
use std::path::{Path, PathBuf};

use crate::bench::program::{Program, median, rhumb};
use crate::bench::table::{Table, mib, ratio};
use crate::peers;
use crate::workspace::Workspace;

/// Runs that each time is the median of.
const RUNS: usize = 21;

/// What a chart like kube-prometheus-stack is put together from.
const STACK: &[&str] = &[
    "bitnami.grafana",
    "prometheus-community.alertmanager",
    "prometheus-community.kube-state-metrics",
    "prometheus-community.prometheus-operator-admission-webhook",
    "prometheus-community.prometheus-windows-exporter",
    "wiremind.external-secrets-crds",
];

/// How long `template` takes as a whole process, and the most memory that it holds.
pub(super) fn run(workspace: &Workspace, charts: &Path) -> anyhow::Result<()> {
    let ours = Program::new(&rhumb(workspace)?)?;
    let helm = Program::new(&peers::program(workspace, "helm")?)?;
    helm.run(&["create", "web"])?;
    let measured = [
        ("as `create` makes it", helm.folder().join("web")),
        ("kyverno", charts.join("kyverno.kyverno.tgz")),
        ("signoz", charts.join("signoz.signoz.tgz")),
        ("like kube-prometheus-stack", stack(charts, helm.folder())?),
    ];
    let mut table = Table::new(&["rhumb", "helm", "times faster", "rhumb", "helm"]);
    for (name, chart) in measured {
        let chart = chart.display().to_string();
        let arguments = ["template", "rel", &chart, "-n", "ns1", "--kube-version", "1.36.0"];
        let (mut our_times, mut helm_times) = (Vec::new(), Vec::new());
        let (mut our_memory, mut helm_memory) = (0, 0);
        for _ in 0..RUNS {
            our_times.push(ours.run(&arguments)?.time);
            helm_times.push(helm.run(&arguments)?.time);
        }
        for _ in 0..3 {
            our_memory = our_memory.max(ours.watch(&arguments)?.memory);
            helm_memory = helm_memory.max(helm.watch(&arguments)?.memory);
        }
        let [ours, helm] =
            [median(our_times)?, median(helm_times)?].map(|time| time.as_secs_f64() * 1e3);
        let times = [format!("{ours:.1} ms"), format!("{helm:.1} ms"), ratio(helm, ours)];
        let [our_memory, helm_memory] = [mib(our_memory), mib(helm_memory)];
        let [ours, helm, faster] = times;
        table.row(name, &[ours, helm, faster, our_memory, helm_memory]);
    }
    table.print();
    Ok(())
}

/// A chart of many parts, with definitions of resources, rules and dashboards.
fn stack(charts: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let stack = folder.join("stack");
    for inner in ["charts", "templates"] {
        fs::create_dir_all(stack.join(inner))?;
    }
    fs::write(stack.join("Chart.yaml"), "apiVersion: v2\nname: stack\nversion: 1.0.0\n")?;
    for name in STACK {
        let name = format!("{name}.tgz");
        fs::copy(charts.join(&name), stack.join("charts").join(&name))?;
    }
    for number in 0..40 {
        fs::write(stack.join("templates").join(format!("rules-{number}.yaml")), rules(number))?;
    }
    Ok(stack)
}

/// Rules as that chart has them: conditions around long texts, with names made of values.
fn rules(number: usize) -> String {
    let rule = "{{- if not (.Values.disabled | default dict).Rule }}
    - alert: {{ .Release.Name }}Rule
      annotations:
        description: 'The value of {{`{{`}} $labels.instance {{`}}`}} is {{`{{`}} $value {{`}}`}}.'
        runbook_url: {{ .Values.runbook | default \"https://runbooks.example.org\" }}/rule
      expr: |-
        sum by (namespace, pod) (rate(requests_total{job=\"{{ .Release.Name }}\"}[5m])) > 0.5
      for: {{ dig \"Rule\" \"for\" \"15m\" (.Values.rules | default dict) }}
      labels:
        severity: {{ .Values.severity | default \"warning\" | quote }}
{{- end }}
";
    format!(
        "apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{{{ printf \"%s-{number}\" .Release.Name | trunc 63 | trimSuffix \"-\" }}}}
  labels:
    app.kubernetes.io/name: {{{{ .Chart.Name }}}}
spec:
  groups:
  - name: group-{number}
    rules:
{}",
        rule.repeat(12)
    )
}
