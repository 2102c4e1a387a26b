import { Bar, BarChart, CartesianGrid, Cell, Legend, Line, LineChart, Pie, PieChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
const data = [{ name: 'Mon', uv: 4, pv: 2 }, { name: 'Tue', uv: 3, pv: 5 }, { name: 'Wed', uv: 6, pv: 1 }];
const COLORS = ['#0088FE', '#00C49F', '#FFBB28'];
export default function App() {
  return (
    <div>
      <LineChart width={400} height={200} data={data}><CartesianGrid /><XAxis dataKey="name" /><YAxis /><Tooltip /><Legend /><Line type="monotone" dataKey="uv" stroke="#8884d8" /></LineChart>
      <ResponsiveContainer width="100%" height={200}><BarChart data={data}><Bar dataKey="pv" fill="#82ca9d" /></BarChart></ResponsiveContainer>
      <PieChart width={200} height={200}><Pie data={data} dataKey="uv" label>{data.map((d, i) => <Cell key={d.name} fill={COLORS[i % COLORS.length]} />)}</Pie></PieChart>
    </div>
  );
}
